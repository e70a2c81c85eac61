"""Keep who works with whom, from when to when, and who must not."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.participants.models import to_participant


class Reason(StrEnum):
    """Why somebody is given a person's record."""

    ADVOCACY = "advocacy"
    CASE = "case"
    COVERAGE = "coverage"
    MENTORING = "mentoring"


class BlockReason(StrEnum):
    """Why somebody must not see a person's record."""

    CONFLICT = "conflict"
    FAMILY = "family"
    REQUEST = "request"


class Assignment(Base):
    """A staff member may reach a person, on these court days, until it is ended."""

    __tablename__ = "assignment"
    __table_args__ = (
        to_participant(),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days"),
        Index(None, "staff_id", "track"),
        Index(None, "participant_id", "track"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[Reason]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]


class Block(Base):
    """A staff member must not see a person, whatever role or assignment says."""

    __tablename__ = "conflict_block"
    __table_args__ = (
        to_participant(),
        Index(
            "uq_conflict_block_live", "participant_id", "staff_id", unique=True,
            sqlite_where=text("lifted_at IS NULL"), postgresql_where=text("lifted_at IS NULL"),
        ),
        Index(None, "staff_id", "track"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[BlockReason]
    placed_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    placed_at: Mapped[datetime]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    lifted_at: Mapped[datetime | None]
