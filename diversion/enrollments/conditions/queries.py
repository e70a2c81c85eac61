"""Ask why an enrollment is complete or not; the number of statements does not grow."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions import rules
from diversion.enrollments.conditions.models import Condition, Evidence
from diversion.enrollments.conditions.rules import Fact, Standing, Wanted
from diversion.enrollments.models import Enrollment


def explain(enrollment: Enrollment) -> list[Standing]:
    """Return where every condition of an enrollment stands."""
    return standings([enrollment.id])[enrollment.id]


def standings(enrollment_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """Return, for every enrollment asked for, where its conditions stand: two statements."""
    ids = list(enrollment_ids)
    wanted, facts = _wanted(ids), _facts(ids)
    return {each: rules.explain(wanted[each], facts[each]) for each in ids}


def due_on(enrollment_id: int, kind: ConditionKind) -> date | None:
    """Return until when a condition is to be met, as the agreed terms have it."""
    return db.session.scalar(
        select(Condition.due_on)
        .where(Condition.enrollment_id == enrollment_id, Condition.kind == kind)
        .order_by(Condition.place)
        .limit(1)
    )


def evidence(enrollment_id: int) -> Sequence[Evidence]:
    """Return all evidence rows in the order they were written."""
    return db.session.scalars(
        select(Evidence).where(Evidence.enrollment_id == enrollment_id).order_by(Evidence.id)
    ).all()


def sum_of(enrollment_id: int, kind: ConditionKind, source: str) -> int:
    """Return how much one source counts toward a kind, after what was taken back."""
    return db.session.scalar(
        select(func.coalesce(func.sum(Evidence.quantity), 0)).where(
            Evidence.enrollment_id == enrollment_id,
            Evidence.kind == kind,
            Evidence.source == source,
        )
    ) or 0  # fmt: skip


def conditions(enrollment_id: int) -> Sequence[Condition]:
    return db.session.scalars(
        select(Condition)
        .where(Condition.enrollment_id == enrollment_id)
        .order_by(Condition.place, Condition.id)
    ).all()


def _wanted(ids: list[int]) -> dict[int, list[Wanted]]:
    found: dict[int, list[Wanted]] = defaultdict(list)
    columns = (
        Condition.enrollment_id, Condition.kind, Condition.label, Condition.quantity,
        Condition.unit, Condition.due_on, Condition.excused_on, Condition.handle,
    )  # fmt: skip
    rows = select(*columns).where(Condition.enrollment_id.in_(ids))
    for row in db.session.execute(rows.order_by(Condition.place, Condition.id)):
        excused = row.excused_on is not None
        found[row.enrollment_id].append(
            Wanted(row.kind, row.label, row.quantity, row.unit, row.due_on, excused, row.handle)
        )
    return found


def _facts(ids: list[int]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    columns = (
        Evidence.enrollment_id, Evidence.kind, Evidence.quantity, Evidence.source,
        Evidence.happened_on,
    )  # fmt: skip
    rows = select(*columns).where(Evidence.enrollment_id.in_(ids)).order_by(Evidence.id)
    for row in db.session.execute(rows):
        found[row.enrollment_id].append(Fact(row.kind, row.quantity, row.source, row.happened_on))
    return found
