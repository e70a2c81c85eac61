"""Lay conditions down, add evidence, take it back, excuse."""

from collections.abc import Iterable
from datetime import date, timedelta

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.codes import ConditionKind, EnrollmentState
from diversion.enrollments.conditions import queries, rules
from diversion.enrollments.conditions.models import Condition, Evidence
from diversion.enrollments.models import Enrollment
from diversion.enrollments.services import step
from diversion.enrollments.terms.models import Requirement
from diversion.staff.models import Staff

BACK_TO_WORK = frozenset({EnrollmentState.REQUIREMENTS_MET, EnrollmentState.MONITORING})


class SamePerson(Refused):
    """Who asks for an excusal does not grant it."""

    sentence = _("Someone else has to approve this.")


def lay_down(enrollment: Enrollment, requirements: Iterable[Requirement], *, on: date) -> None:
    """Make the conditions of an enrollment out of the terms; days are counted from `on`."""
    for each in requirements:
        due_on = None if each.due_days is None else on + timedelta(days=each.due_days)
        db.session.add(
            Condition(
                **enrollment.whose, place=each.place, kind=each.kind, label=each.label,
                quantity=each.quantity, unit=each.unit, due_on=due_on,
            )
        )  # fmt: skip
    db.session.flush()


def add_evidence(
    enrollment_id: int,
    kind: ConditionKind,
    *,
    quantity: int = 1,
    source: str,
    happened_on: date,
    by: Staff,
) -> bool:
    """Write down that something counted; say whether it did so for the first time.

    `source` names the fact, such as `class:k7m2…`; the same fact counts once, however
    often it arrives. When nothing is missing any more, the enrollment moves on.
    """
    enrollment = _locked(enrollment_id)
    more = quantity - queries.sum_of(enrollment_id, kind, source)
    if more == 0:
        return False
    _keep(enrollment, kind, more, source, happened_on, by)
    follow(enrollment, by=by, on=happened_on)
    return True


def take_back(
    enrollment_id: int, kind: ConditionKind, *, source: str, happened_on: date, by: Staff
) -> bool:
    """Take back what a source counted, by a row of its own; say whether there was anything."""
    enrollment = _locked(enrollment_id)
    counted = queries.sum_of(enrollment_id, kind, source)
    if counted == 0:
        return False
    _keep(enrollment, kind, -counted, source, happened_on, by)
    follow(enrollment, by=by, on=happened_on)
    return True


def excuse(condition: Condition, *, asked_by: Staff, by: Staff, on: date) -> None:
    """Let a condition go. Raises SamePerson if whoever asked also approves."""
    if asked_by.id == by.id:
        raise SamePerson
    condition.excusal_asked_by, condition.excused_by, condition.excused_on = asked_by.id, by.id, on
    db.session.flush()
    record(Act.CONDITION_EXCUSED, f"condition:{condition.handle}", by=by, track=condition.track)
    follow(_locked(condition.enrollment_id), by=by, on=on)


def _locked(enrollment_id: int) -> Enrollment:
    return db.session.get_one(
        Enrollment, enrollment_id, with_for_update={"of": Enrollment}, populate_existing=True
    )


def _keep(
    enrollment: Enrollment, kind: ConditionKind, quantity: int, source: str, on: date, by: Staff
) -> None:
    db.session.add(
        Evidence(
            **enrollment.whose, kind=kind, quantity=quantity, source=source, happened_on=on,
            recorded_at=clock.now(), recorded_by=by.id,
        )
    )  # fmt: skip
    db.session.flush()
    act = Act.EVIDENCE_ADDED if quantity > 0 else Act.EVIDENCE_TAKEN_BACK
    record(
        act,
        f"enrollment:{enrollment.handle}",
        by=by,
        track=enrollment.track,
        kind=kind.value,
        quantity=quantity,
    )


def follow(enrollment: Enrollment, *, by: Staff, on: date) -> None:
    """Let the state follow the facts: on when all is met, back when something was taken back."""
    standings = queries.explain(enrollment)
    met = bool(standings) and rules.all_met(standings)
    if met and enrollment.state is EnrollmentState.ACTIVE:
        enrollment.met_on = on
        step(enrollment, EnrollmentState.REQUIREMENTS_MET, reason="all_met", by=by, on=on)
    elif not met and enrollment.state in BACK_TO_WORK:
        enrollment.met_on = None
        step(enrollment, EnrollmentState.ACTIVE, reason="evidence_taken_back", by=by, on=on)
