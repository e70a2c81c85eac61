"""Keep how far an intake has come; the person's facts lie in the envelope, page by page."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.tracks import Track


class Part(StrEnum):
    """A page of the intake."""

    PERSON = "person"
    CONTACT = "contact"
    CASE = "case"
    TERMS = "terms"


class Intake(Base):
    """An intake that was begun; `parts` are the pages saved so far."""

    __tablename__ = "intake"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        CheckConstraint("track = 'community_court'", name="own_track"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track] = mapped_column(default=Track.COMMUNITY_COURT)
    parts: Mapped[list[str]] = mapped_column(JSON)
    started_at: Mapped[datetime]
    started_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    finished_at: Mapped[datetime | None]
