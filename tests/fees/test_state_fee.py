"""The state's fee is off until switched on, only noted, and never money of the Account."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.queries import sum_of
from diversion.enrollments.models import Enrollment
from diversion.fees import queries as fees
from diversion.fees.schedules.models import LineKind, Office
from diversion.fees.schedules.services import Part, put_in_force
from diversion.fees.state import queries, rules, services
from diversion.fees.state.models import Noted, StateFeeNote
from diversion.fees.state.services import Fact
from diversion.ledger import queries as ledger
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor
from tests.factories.staff import make_staff, sign_in

STATE = Part("State diversion fee", Money(10_000), LineKind.STATUTORY, noted=True)
PROGRAM = Part("Class fee", Money(100_000))


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


@pytest.fixture
def person(by: Staff) -> Participant:
    return charged(by)[0]


def charged(by: Staff, state: Part = STATE) -> tuple[Participant, Enrollment]:
    put_in_force(Track.SBAD, [PROGRAM, state], by=by, on=TODAY)
    return make_debtor(by)


def note(person: Participant, by: Staff, cents: int, kind: Noted = Noted.PAID,
         reference: str = "CC-881", on: date = TODAY, key: str = "") -> StateFeeNote:  # fmt: skip
    fact = Fact(kind, Money(cents), reference, on)
    return services.note(
        person, fact, key=key or f"{kind}-{cents}-{on}-{reference}", by=by, on=TODAY, now=NOW
    )


def is_evident(person: Participant) -> bool:
    fee = queries.of_participant(person.id)
    assert fee is not None
    kind, source = ConditionKind.STATE_FEE, f"state_fee:{fee.enrollment.id}"
    return bool(sum_of(fee.enrollment.id, kind, source))


def test_without_the_countys_decision_nobody_is_asked_for_it(by: Staff) -> None:
    off = Part(STATE.label, STATE.amount, LineKind.STATUTORY)
    person, _ = charged(by, off)
    assert queries.of_participant(person.id) is None
    with pytest.raises(rules.SwitchedOff):
        note(person, by, 10_000)


def test_what_is_noted_moves_no_cent_and_is_evidence_once_all_is_done(
    person: Participant, by: Staff
) -> None:
    before = ledger.head()
    note(person, by, 6_000)
    assert not is_evident(person)
    waived = note(person, by, 4_000, Noted.WAIVED, "Order 12")
    assert is_evident(person)
    assert note(person, by, 4_000, Noted.WAIVED, "Order 12") is waived
    assert (ledger.head(), fees.owed_by([person.id])[person.id]) == (before, Money(100_000))
    services.take_back(waived, by=by, on=TODAY, now=NOW)
    fee = queries.of_participant(person.id)
    assert fee is not None
    assert (fee.open, is_evident(person)) == (Money(4_000), False)
    with pytest.raises(rules.TakenBack):
        services.take_back(waived, by=by, on=TODAY, now=NOW)


def test_at_most_what_is_open_and_a_paper_of_its_time_is_noted(
    person: Participant, by: Staff
) -> None:
    for cents in (10_001, 0, -1):
        with pytest.raises(rules.NotSoMuch):
            note(person, by, cents)
    for on in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(rules.NotThen):
            note(person, by, 10_000, on=on)
    with pytest.raises(rules.NoPaper):
        note(person, by, 10_000, reference="")
    assert queries.notes_of(person.id) == []


def test_who_entered_before_it_was_switched_on_is_not_asked_for_it(by: Staff) -> None:
    person, _ = make_debtor(by, on=TODAY - timedelta(days=10))
    put_in_force(Track.SBAD, [PROGRAM, STATE], by=by, on=TODAY)
    assert queries.of_participant(person.id) is None


def test_what_this_office_takes_is_not_noted_from_a_paper() -> None:
    with pytest.raises(rules.CollectedHere):
        rules.check(Office.PROGRAM_OFFICE, Noted.PAID, Money(10_000), Money(10_000))


@pytest.mark.parametrize("change", [update(StateFeeNote).values(amount=Money(1)),
                                    delete(StateFeeNote)])  # fmt: skip
def test_the_database_lets_no_note_be_changed(
    session: Session, person: Participant, by: Staff, change: object
) -> None:
    note(person, by, 6_000)
    with pytest.raises(DBAPIError):
        session.execute(change)  # type: ignore[call-overload]  # (two kinds of statement)


def test_the_database_knows_no_note_of_a_survivor(person: Participant, by: Staff) -> None:
    kept = note(person, by, 6_000)
    copied = {name: getattr(kept, name) for name in
              ("participant_id", "enrollment_id", "kind", "amount", "reference", "happened_on",
               "noted_at", "noted_by_id")}  # fmt: skip
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(StateFeeNote(track=Track.COMMUNITY_COURT, **copied))
        db.session.flush()


def test_the_page_notes_what_the_clerk_collected(app: Flask) -> None:
    with app.app_context(), transaction():
        by = make_staff(Role.SBAD_COORDINATOR)
        put_in_force(Track.SBAD, [PROGRAM, STATE], by=by, on=court_today())
        person, _ = make_debtor(by, on=court_today())
        auditor, number = make_staff(Role.AUDITOR, name="Noor Haddad"), person.number
        off, _ = make_debtor(by, on=court_today() - timedelta(days=1), first="Wren")
        other = off.number
    client, reader = app.test_client(), app.test_client()
    sign_in(client, by)
    sign_in(reader, auditor)
    page = f"/fees/accounts/{number}/state-fee"
    assert reader.get(page).status_code == 404
    assert client.get(f"/fees/accounts/{other}/state-fee").status_code == 404
    assert page in client.get(f"/fees/accounts/{number}").get_data(as_text=True)
    given = {"op": "k" * 24, "kind": "paid", "amount": "100.01", "reference": "CC-881",
             "happened_on": "today"}  # fmt: skip
    assert client.post(page, data=given).status_code == 422
    for _again in range(2):
        answer = client.post(page, data={**given, "amount": "100", "op": "m" * 24})
        assert answer.status_code == 303
    with app.app_context():
        (kept,) = db.session.scalars(select(StateFeeNote)).all()
        mistake = f"{page}/{kept.handle}/mistake"
    assert mistake in client.get(page).get_data(as_text=True)
    assert client.get(f"/fees/accounts/{other}/state-fee/{kept.handle}/mistake").status_code == 404
    sent = [{"op": letter * 24} for letter in "mppq"]
    answers = [client.post(mistake, data=each).status_code for each in sent]
    assert answers == [422, 303, 303, 409]
    assert "Noted by mistake" in client.get(page).get_data(as_text=True)
    with app.app_context():
        assert ledger.balance(7010) == ZERO
