"""Keep the marks of a roll: only ever added, the latest of a registration is its present one."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.sbad.attendance.rules import Presence


class AttendanceMark(Base):
    """One mark as it was made: by whom, on which device, when there and when it came here.

    `version` counts the marks of a registration; `base_version` is the one that whoever
    marked had seen. One that arrived after a later one of its own device `is_late`: it is
    kept and is never the present mark. `missed` names modules by place, as `1.3`; `batch`
    ties together what one press of a button marked. `module` is the place of the module
    whose roll it was; 0 is that of the whole day.
    """

    __tablename__ = "attendance_mark"
    __table_args__ = (
        ForeignKeyConstraint(
            ["registration_id", "class_session_id"],
            ["registration.id", "registration.class_session_id"],
        ),
        UniqueConstraint("op"),
        UniqueConstraint("registration_id", "version"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes_positive"),
        Index(None, "class_session_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    op: Mapped[str] = mapped_column(String(64))
    class_session_id: Mapped[int]
    registration_id: Mapped[int]
    module: Mapped[int] = mapped_column(default=0, server_default="0")
    version: Mapped[int]
    base_version: Mapped[int]
    value: Mapped[Presence]
    minutes: Mapped[int | None]
    is_ahead: Mapped[bool] = mapped_column(default=False)
    is_imported: Mapped[bool] = mapped_column(default=False)
    is_conflict: Mapped[bool] = mapped_column(default=False)
    is_late: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(40), default="")
    missed: Mapped[str] = mapped_column(String(40), default="", server_default="")
    batch: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(40), default="")
    marked_at: Mapped[datetime]
    received_at: Mapped[datetime]
    marked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class RollFinish(Base):
    """That a roll was finished and signed: by whom, when, and how many people it names."""

    __tablename__ = "roll_finish"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"), unique=True)
    people: Mapped[int]
    finished_at: Mapped[datetime]
    finished_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    is_imported: Mapped[bool] = mapped_column(default=False)
