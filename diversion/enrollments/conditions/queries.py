"""Ask why an enrollment is complete or not; the number of statements does not grow."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import bindparam, func, select

from diversion.core.among import among
from diversion.core.database import db, tuples
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions import rules
from diversion.enrollments.conditions.due_days import due_day
from diversion.enrollments.conditions.models import Condition, Evidence
from diversion.enrollments.conditions.rules import Fact, Standing, Wanted
from diversion.enrollments.models import Enrollment


def explain(enrollment: Enrollment) -> list[Standing]:
    """Return where every condition of an enrollment stands."""
    return standings([enrollment.id])[enrollment.id]


def explained_by(enrollment_id: int, proof: Iterable[Evidence]) -> list[Standing]:
    """Return the same where all its evidence is at hand: one statement."""
    facts = [Fact(row.kind, row.quantity, row.source, row.happened_on) for row in proof]
    return rules.explain(_wanted([enrollment_id])[enrollment_id], facts)


def standings(enrollment_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """Return, for every enrollment asked for, where its conditions stand: two statements."""
    ids = list(enrollment_ids)
    wanted, facts = _wanted(ids), _facts(ids)
    return {each: rules.explain(wanted[each], facts[each]) for each in ids}


def due_on(enrollment_id: int, kind: ConditionKind) -> date | None:
    """Return until when a condition is to be met, with the pauses that moved that day."""
    return db.session.scalar(
        select(due_day())
        .select_from(Condition)
        .where(Condition.enrollment_id == enrollment_id, Condition.kind == kind)
        .order_by(Condition.place)
        .limit(1)
    )


def evidence(enrollment_id: int) -> Sequence[Evidence]:
    """Return all evidence rows in the order they were written."""
    return db.session.scalars(_EVIDENCE, {"enrollment_id": enrollment_id}).all()


_EVIDENCE = (
    select(Evidence)
    .where(Evidence.enrollment_id == bindparam("enrollment_id"))
    .order_by(Evidence.id)
)


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
    for enrollment, *wanted in tuples(_WANTED, {"ids": ids}):
        found[enrollment].append(Wanted._make(wanted))
    return found


_WANTED = (
    select(
        Condition.enrollment_id, Condition.kind, Condition.label, Condition.quantity,
        Condition.unit, due_day(), Condition.excused_on.is_not(None), Condition.handle,
    )
    .where(among(Condition.enrollment_id))
    .order_by(Condition.place, Condition.id)
)  # fmt: skip


def _facts(ids: list[int]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    for enrollment, *fact in tuples(_FACTS, {"ids": ids}):
        found[enrollment].append(Fact._make(fact))
    return found


_FACTS = (
    select(
        Evidence.enrollment_id, Evidence.kind, Evidence.quantity, Evidence.source,
        Evidence.happened_on,
    )
    .where(among(Evidence.enrollment_id))
    .order_by(Evidence.id)
)  # fmt: skip
