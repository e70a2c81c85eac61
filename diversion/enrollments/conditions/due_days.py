"""Say until when a condition is due; a pause moves that day by a row, the agreed one stays."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core import clock
from diversion.core.database import Base, db
from diversion.enrollments.conditions.models import Condition
from diversion.staff.models import Staff


class ConditionMoved(Base):
    """A condition's new day after a pause. Rows are added and never changed."""

    __tablename__ = "condition_moved"

    condition_id: Mapped[int] = mapped_column(
        ForeignKey("condition.id"), primary_key=True, autoincrement=False
    )
    pause_id: Mapped[int] = mapped_column(
        ForeignKey("pause.id"), primary_key=True, autoincrement=False
    )
    due_on: Mapped[date]
    moved_at: Mapped[datetime]
    moved_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


def due_day() -> ColumnElement[date]:
    """Return the day a condition is due now, in a query over conditions."""
    moved = select(func.max(ConditionMoved.due_on))
    moved = moved.where(ConditionMoved.condition_id == Condition.id).correlate(Condition)
    return func.coalesce(moved.scalar_subquery(), Condition.due_on)


def move(condition_id: int, pause_id: int, to: date, *, by: Staff) -> None:
    """Let a condition be due on a later day because of a pause."""
    db.session.add(
        ConditionMoved(
            condition_id=condition_id, pause_id=pause_id, due_on=to, moved_at=clock.now(),
            moved_by=by.id,
        )
    )  # fmt: skip
