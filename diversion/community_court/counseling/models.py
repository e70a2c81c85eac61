"""Keep which provider counsels whom; hours are evidence, content is nobody's business here."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.partners.agencies.models import Organization


class CounselingReferral(Base):
    """That a participant was sent to a provider, from when to when."""

    __tablename__ = "counseling_referral"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        CheckConstraint("track = 'community_court'", name="own_track"),
        Index(None, "participant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track] = mapped_column(default=Track.COMMUNITY_COURT)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    since_on: Mapped[date]
    ended_on: Mapped[date | None]

    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
