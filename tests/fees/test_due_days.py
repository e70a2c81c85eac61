"""A pause of the program moves the day on which its fee is due, once, and by a row of its own."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from diversion.enrollments.lifecycle import pauses
from diversion.enrollments.models import Enrollment
from diversion.fees import queries
from diversion.fees.accounts.queries import Which, listed
from diversion.fees.aging.queries import aging
from diversion.fees.due_days import follow_pauses
from diversion.fees.plans.queries import unpaid_of
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff

BEGAN = TODAY - timedelta(days=30)
WEEK = timedelta(days=7)


def pause(one: Enrollment, by: Staff, began: date, ended: date, reason: str = "custody") -> int:
    pauses.suspend(one, reason=reason, by=by, on=began)
    pauses.resume(one, by=by, on=ended)
    return follow_pauses(one.id, by=by)


def days(person: Participant) -> set[date]:
    """Return the day of the fee as every list has it."""
    (charge,), (due,) = queries.charges(person.id), queries.dues(person.id)
    ((unpaid, _amount),) = unpaid_of(person.id)
    (aged,) = aging(TODAY)
    return {charge.due_on, due.due_on, unpaid, aged.next_due}


def test_what_is_owed_waits_while_the_program_stands_still(session: Session) -> None:
    by = make_staff(Role.SBAD_COORDINATOR)
    person, one = make_debtor(by, BEGAN)
    (first,) = days(person)
    assert pause(one, by, BEGAN, BEGAN + WEEK) == 1
    assert follow_pauses(one.id, by=by) == 0
    assert days(person) == {first + WEEK}
    assert pause(one, by, BEGAN + WEEK, BEGAN + 2 * WEEK, reason="warrant") == 0  # days run
    assert pause(one, by, BEGAN + 2 * WEEK, BEGAN + 3 * WEEK) == 1
    assert days(person) == {first + 2 * WEEK}
    (then,) = aging(BEGAN + 2 * WEEK)
    assert then.next_due == first + WEEK
    (unknown,) = aging(TODAY, known_at=NOW - timedelta(days=1))
    assert unknown.next_due == first
    late = listed([person.id], Which.BEHIND, on=first + 2 * WEEK)  # type: ignore[arg-type]
    assert session.execute(late).all() == []


def test_what_is_paid_or_was_charged_later_does_not_move(session: Session) -> None:
    by = make_staff(Role.SBAD_COORDINATOR)
    person, one = make_debtor(by, BEGAN)
    pauses.suspend(one, reason="custody", by=by, on=BEGAN)
    make_receipt(person, 100_000)
    pauses.resume(one, by=by, on=TODAY)
    assert follow_pauses(one.id, by=by) == 0
    _later, two = make_debtor(by, TODAY - WEEK, first="Willow")
    two.active_on = BEGAN
    assert pause(two, by, BEGAN, TODAY) == 0
