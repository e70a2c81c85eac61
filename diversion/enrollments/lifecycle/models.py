"""Keep pauses of a program, notices that end one, and what somebody asks to be excused."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.enrollments.codes import Clock, ConditionKind, Finding
from diversion.enrollments.conditions.models import Condition
from diversion.enrollments.models import OfEnrollment, to_enrollment


class Pause(OfEnrollment, Base):
    """That a program stood still; `moved` is by how many days the due dates went on."""

    __tablename__ = "pause"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("(ended_on IS NULL) = (moved IS NULL)", name="ended_whole"),
        CheckConstraint("moved >= 0", name="never_earlier"),
        Index(None, "enrollment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(40))
    clock: Mapped[Clock]
    began_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    ended_on: Mapped[date | None]
    moved: Mapped[int | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class TerminationNotice(OfEnrollment, Base):
    """A deputy's notice with its grounds, whether it is disputed, and what was found."""

    __tablename__ = "termination_notice"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint(
            "grounds NOT IN ('fee', 'restitution', 'state_fee')", name="never_for_money"
        ),
        CheckConstraint("(finding IS NULL) = (found_by IS NULL)", name="found_whole"),
        Index(None, "enrollment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grounds: Mapped[ConditionKind]
    given_on: Mapped[date]
    recorded_at: Mapped[datetime]
    given_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    disputed_on: Mapped[date | None]
    hearing_on: Mapped[date | None]
    finding: Mapped[Finding | None]
    found_on: Mapped[date | None]
    found_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Excusal(OfEnrollment, Base):
    """That somebody asked to let a condition go, and what another person answered."""

    __tablename__ = "excusal"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("decided_by <> asked_by", name="decided_by_another"),
        CheckConstraint("(granted IS NULL) = (decided_by IS NULL)", name="decided_whole"),
        Index(None, "enrollment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    condition_id: Mapped[int] = mapped_column(ForeignKey("condition.id"))
    reason: Mapped[str] = mapped_column(String(40))
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    granted: Mapped[bool | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    condition: Mapped[Condition] = relationship(lazy="joined", innerjoin=True)
