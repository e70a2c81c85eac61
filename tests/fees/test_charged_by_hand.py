"""A fee that an enrollment did not charge is charged by hand, once, and never twice."""

import pytest
from flask import Flask
from sqlalchemy import select

from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.fees import queries as fees
from diversion.fees.assessments import by_hand, queries, services
from diversion.fees.imported import undo_obligations
from diversion.fees.models import Obligation, OtherAmount
from diversion.fees.verify import findings
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.conftest import NOW
from tests.factories.enrollments import make_enrollment
from tests.factories.fees import TODAY
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff, sign_in

FEE = Money(100_000)


@pytest.fixture
def newcomer(coordinator: Staff) -> tuple[Participant, Enrollment]:
    person = make_participant(Track.SBAD, by=coordinator)
    return person, make_enrollment(person, coordinator, TODAY)


def charge(
    person: Participant, by: Staff, cents: int | None = None, why: OtherAmount | None = None,
    key: str = "by-hand-1",
) -> tuple[Obligation, ...]:  # fmt: skip
    amount = None if cents is None else Money(cents)
    return by_hand.charge(person, amount, why, key=key, by=by, on=TODAY, now=NOW)


def test_the_fee_of_the_terms_is_charged_once_however_often_it_is_sent(
    coordinator: Staff, newcomer: tuple[Participant, Enrollment]
) -> None:
    person, _ = newcomer
    (made,) = charge(person, coordinator)
    assert (made.amount, made.other_amount) == (FEE, None)
    assert charge(person, coordinator) == ()
    with pytest.raises(queries.NobodyToCharge):
        charge(person, coordinator, key="another-desk")
    assert fees.owed_by([person.id])[person.id] == FEE
    assert findings() == []


def test_another_amount_has_its_reason_and_a_reason_its_amount(
    coordinator: Staff, newcomer: tuple[Participant, Enrollment]
) -> None:
    person, _ = newcomer
    with pytest.raises(services.NoReasonGiven):
        charge(person, coordinator, 25_001, key="without-a-reason")
    for cents in (None, FEE.cents):
        with pytest.raises(by_hand.NothingOther):
            charge(person, coordinator, cents, OtherAmount.COURT_ORDER, f"key-{cents}")
    for cents in (0, -1):
        with pytest.raises(services.NothingToAssess):
            charge(person, coordinator, cents, OtherAmount.COURT_ORDER, f"key-{cents}")
    (made,) = charge(person, coordinator, 25_001, OtherAmount.COURT_ORDER)
    assert (made.amount, made.other_amount) == (Money(25_001), OtherAmount.COURT_ORDER)


def test_who_is_in_no_program_is_charged_nothing(coordinator: Staff) -> None:
    with pytest.raises(queries.NobodyToCharge):
        charge(make_participant(Track.SBAD, by=coordinator), coordinator)


def test_what_an_undone_import_charged_can_be_charged_anew(
    coordinator: Staff, newcomer: tuple[Participant, Enrollment]
) -> None:
    person, enrollment = newcomer
    old = services.assess_before_books(enrollment, FEE, on=TODAY, by=coordinator, now=NOW)
    undo_obligations([old.id], by=coordinator, on=TODAY, now=NOW)
    (made,) = charge(person, coordinator)
    assert (made.place, fees.owed_by([person.id])[person.id]) == (2, FEE)


def test_the_list_of_the_uncharged_leads_to_the_page_that_charges(app: Flask) -> None:
    clients = {}
    with app.app_context(), transaction():
        by = make_staff(Role.SBAD_COORDINATOR)
        person = make_participant(Track.SBAD, by=by)
        make_enrollment(person, by, court_today())
        staff = {
            "coordinator": by,
            "deputy": make_staff(Role.DEPUTY_DA, name="Dana Reyes", track=Track.SBAD),
        }
        number = person.number
    for name, each in staff.items():
        clients[name] = app.test_client()
        sign_in(clients[name], each)
    page = f"/fees/accounts/{number}/charge"
    assert clients["deputy"].get(page).status_code == 404
    listed = clients["coordinator"].get("/fees/accounts?status=uncharged").get_data(as_text=True)
    assert f"/fees/accounts/{number}" in listed
    assert page in clients["coordinator"].get(f"/fees/accounts/{number}").get_data(as_text=True)
    found = clients["coordinator"].post("/fees/accounts", data={"q": number})
    assert "Not charged" in found.get_data(as_text=True)
    sent = {"op": "k" * 24, "amount": "", "reason": ""}
    assert "$1,000.00" in clients["coordinator"].get(page).get_data(as_text=True)
    for _again in range(2):
        assert clients["coordinator"].post(page, data=sent).status_code == 303
    late = clients["coordinator"].post(page, data={**sent, "op": "m" * 24})
    assert late.status_code == 409
    with app.app_context():
        assert db.session.scalars(select(Obligation.amount)).all() == [FEE]
