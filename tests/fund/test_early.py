"""The time before these books is closed once, by two people, and takes nothing afterwards."""

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.fund.periods import early, proof, queries, rules, services
from diversion.fund.periods.models import Check
from diversion.ledger import periods, trial
from diversion.ledger import services as books
from diversion.ledger.commands import Command, PeriodState, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.models import Period
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.permissions import Role
from tests.factories import months
from tests.factories.months import NOW, TODAY
from tests.factories.staff import make_staff, sign_in


def bring_over(key: str = "brought") -> None:
    """Let somebody owe a fee from before the books."""
    lines = [debit(1200, Money(90_000), 77), credit(2500, Money(90_000), 77)]
    books.post(
        Command(Event.ASSESS, lines),
        key=key,
        by=9_000_900,
        on=TODAY,
        now=NOW,
        before_the_books=True,
    )


def test_it_is_closed_by_two_people_and_sealed(session: Session) -> None:
    by, second = months.two_people()
    bring_over()
    asked = early.asked(TODAY, 7)
    with pytest.raises(rules.NotReady):
        early.close(asked, by=by, now=NOW)
    services.sign(asked, by=by, now=NOW)
    with pytest.raises(rules.SignedBySelf):
        early.close(asked, by=by, now=NOW)
    services.sign(asked, by=second, now=NOW)
    seal = early.close(asked, by=by, now=NOW)
    assert (seal.last_entry, seal.debits) == (1, Money(90_000))
    assert periods.early().state is PeriodState.CLOSED
    assert proof.findings() == []
    with pytest.raises(LedgerRefused):
        bring_over("too late")
    with pytest.raises(rules.WrongState):
        early.close(asked, by=by, now=NOW)
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(update(Period).where(Period.id == 0).values(state="open"))
    trial.refuse_a_false_hash()
    months.interest(on=TODAY)


def test_the_guards_are_tried_where_the_books_are_open(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, second = months.two_people()
    services.sign(early.asked(TODAY, 7), by=second, now=NOW)
    early.close(early.asked(TODAY, 7), by=by, now=NOW)
    monkeypatch.setattr(trial, "_append", lambda number: None)
    with pytest.raises(trial.GuardsDown):
        trial.refuse_a_false_hash()


def test_something_brought_over_after_the_signature_needs_a_new_one(session: Session) -> None:
    _by, second = months.two_people()
    services.sign(early.asked(TODAY, 7), by=second, now=NOW)
    bring_over()
    assert queries.signature_of(periods.early()) is None


def test_a_year_waits_until_nothing_can_be_brought_over(session: Session) -> None:
    by, second = months.two_people()
    bring_over()
    months.charge()
    asked = months.asked(202610, year_starts=11)
    found = {each.check: each.found for each in services.checks.run(asked)}
    assert found[Check.BEFORE] == 1
    services.sign(early.asked(TODAY, 7), by=second, now=NOW)
    early.close(early.asked(TODAY, 7), by=by, now=NOW)
    assert {each.check: each.found for each in services.checks.run(asked)}[Check.BEFORE] == 0
    assert Check.BEFORE not in {each.check for each in services.checks.run(months.asked())}


def test_its_page_leads_through_the_steps(app: Flask) -> None:
    with app.app_context(), clock.standing_at(NOW), transaction():
        people = months.two_people()
        auditor = make_staff(Role.AUDITOR)
        bring_over()
    client = app.test_client()
    sign_in(client, people[0])
    assert "Before these books" in client.get("/fund/periods").text
    at = "/fund/periods/before"
    assert client.post(at, data={"step": "close"}).status_code == 409
    assert client.post(at, data={"step": "open"}).status_code == 422
    assert client.post(at, data={"step": "sign"}).status_code == 303
    sign_in(client, auditor)
    assert client.post(at, data={"step": "close"}).status_code == 404
    sign_in(client, people[1])
    assert client.post(at, data={"step": "close"}).status_code == 303
    page = client.get(at).text
    assert "$900.00 brought over" in page
    assert 'value="close"' not in page
