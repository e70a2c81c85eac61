"""Keep for whom a voucher was asked: the only place that knows which survivor a code means."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.tracks import Track


class HelpVoucher(Base):
    """Whom the code of a voucher stands for; finance knows the code alone. Never changed."""

    __tablename__ = "help_voucher"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        CheckConstraint("track = 'community_court'", name="own_track"),
        Index(None, "participant_id"),
    )

    code: Mapped[str] = mapped_column(String(20), ForeignKey("voucher.code"), primary_key=True)
    participant_id: Mapped[int]
    track: Mapped[Track] = mapped_column(default=Track.COMMUNITY_COURT)
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]
