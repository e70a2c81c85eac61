"""A seat is held until the fee is settled; then the office confirms all such seats at once."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.enrollments.codes import EnrollmentState
from diversion.sbad.rosters.models import Registration
from diversion.sbad.rosters.services import register
from diversion.staff.permissions import Role
from tests.factories.fees import make_debtor, make_receipt
from tests.factories.sbad import coordinator, make_class
from tests.factories.staff import make_staff, sign_in


def test_held_seats_whose_fee_is_settled_are_confirmed_together(
    app: Flask, client: FlaskClient
) -> None:
    today = clock.today("America/Los_Angeles")
    with app.app_context(), transaction():
        by, teacher = coordinator(), make_staff(Role.INSTRUCTOR)
        day = make_class(by, held_on=today + timedelta(days=9), instructors=[teacher])
        debtors = [make_debtor(by, first=f"Person{n}") for n in range(4)]
        seated = [enrollment for _person, enrollment in debtors]
        register(day, seated, cleared=(), by=by, now=clock.now())
        for person, _enrollment in debtors[1:]:
            make_receipt(person, 100_000, on=today)
        seated[3].state = EnrollmentState.PENDING  # the agreement is not signed
        handle = day.handle
    page = f"/classes/{handle}"
    sign_in(client, teacher)
    theirs = client.get(page).text
    assert "Not cleared" in theirs  # the one thing that an instructor is told of the fee
    assert "Confirm them" not in theirs
    assert "Seat held" not in theirs
    assert client.post(f"{page}/people/confirmation").status_code == 404
    sign_in(client, by)
    assert "Seat held" in client.get(page).text
    assert "2 seats are still held, and their fees are settled." in client.get(page).text
    assert client.post(f"{page}/people/confirmation").location == page
    shown = client.get(page).text
    assert "Seats confirmed: 2." in shown
    assert "Confirm them" not in shown
    with app.app_context():
        states = db.session.scalars(select(Registration.state).order_by(Registration.id))
        assert [each.value for each in states] == ["held", "confirmed", "confirmed", "held"]
    client.post(f"{page}/people/confirmation")
    assert "Seats confirmed: 0." in client.get(page).text
    client.post(f"{page}/cancellation", data={"op": "c" * 24})
    assert client.post(f"{page}/people/confirmation").status_code == 409
