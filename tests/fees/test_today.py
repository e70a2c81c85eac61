"""Today tells the coordinator of whom only money is still asked, and whom nobody charged."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.services import add_evidence
from diversion.fees import today
from diversion.staff.permissions import Role
from tests.factories.enrollments import make_enrollment
from tests.factories.fees import TODAY, make_debtor
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff


def test_the_coordinator_meets_who_only_owes_money_and_whom_nobody_charged(
    app: Flask, session: Session
) -> None:
    coordinator = make_staff(Role.SBAD_COORDINATOR)
    person, enrollment = make_debtor(coordinator)
    for kind in ConditionKind:
        if kind is not ConditionKind.FEE:
            add_evidence(enrollment.id, kind, quantity=99, source="test", happened_on=TODAY,
                         by=coordinator)  # fmt: skip
    make_debtor(coordinator, first="Wren")
    other = make_participant(Track.SBAD, by=coordinator, first="Rowan")
    with app.test_request_context():
        assert today.not_charged(coordinator) is None
        make_enrollment(other, coordinator, TODAY)
        left, free = today.only_money_left(coordinator), today.not_charged(coordinator)
    assert left is not None
    assert (left.count, [(row.title, row.tag) for row in left.rows]) == (
        1, [(person.number, "$1,000.00")]
    )  # fmt: skip
    assert free is not None
    assert [row.title for row in free.rows] == [other.number]
    assert other.number in free.rows[0].link


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.FINANCE_CLERK, Role.DEPUTY_DA])
def test_nobody_else_meets_them(app: Flask, session: Session, role: Role) -> None:
    staff = make_staff(role)
    with app.test_request_context():
        assert (today.only_money_left(staff), today.not_charged(staff)) == (None, None)
