"""In a small office whoever took money may deposit it, and every week is signed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.fund.deposits import services as deposits
from diversion.fund.deposits.rules import OwnReceipt
from diversion.fund.office import services as small
from diversion.fund.periods import checks
from diversion.fund.periods.models import Check
from diversion.fund.periods.outcome import Asked
from diversion.fund.weekly import proof, rules
from diversion.fund.weekly import services as weekly
from diversion.fund.weekly.models import WeekSignature
from diversion.ledger import exceptions, office, periods, verify
from diversion.ledger.commands import Mode, PeriodState, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from diversion.ledger.proofs import Fault
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories import fund, months
from tests.factories.months import NOW
from tests.factories.staff import make_staff, sign_in
from tests.fund import closing
from tests.fund.test_weekly import Entry, Signed
from tests.ledger import mutants
from tests.ledger.test_verify import damage

MONDAY = date(2026, 10, 12)
SUNDAY, AFTER = MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)
DAY = MONDAY + timedelta(days=3)
_keys = count(1)
WHY = "Board order 26-130"


def at(day: date) -> datetime:
    return NOW.replace(month=day.month, day=day.day)


def switch(by: Staff, on: date = MONDAY, *, wanted: bool = True) -> None:
    small.switch(WHY, wanted=wanted, by=by, on=on, now=at(on))


def take(by: Staff, day: date = DAY) -> str:
    return str(fund.take(50, by=by.id, mode=Mode.CHECK, reference="2207", on=day).receipt_number)


def deposit(number: str, by: Staff, day: date = DAY) -> int:
    made = deposits.prepare([number], {}, key=f"own-{next(_keys)}", by=by, on=day, now=at(day)).made
    return made.entry or 0


def cashier() -> Staff:
    return make_staff(Role.FINANCE_CLERK, name="Helen Park")


def test_a_cashier_deposits_what_was_taken_while_the_mode_is_on_alone(session: Session) -> None:
    clerk, (one, _other) = cashier(), months.two_people()
    first, second, third = take(clerk), take(clerk), take(one)
    with pytest.raises(NotYours):
        deposit(first, clerk)
    with pytest.raises(OwnReceipt):
        deposit(third, one)
    switch(one)
    entry = deposit(first, clerk)
    switch(one, DAY, wanted=False)
    with pytest.raises(NotYours):
        deposit(second, clerk)
    assert [f for f in verify.verify().findings if f.fault is Fault.PEOPLE] == []
    [line] = exceptions.between(Range(MONDAY, SUNDAY, entry))
    assert (line.id, line.event, line.actor) == (entry, Event.DEPOSIT, clerk.id)


def test_whoever_takes_money_does_not_switch_it_on(session: Session) -> None:
    both = make_staff(Role.FINANCE_APPROVER, Role.FINANCE_CLERK)
    with pytest.raises(small.OwnMoney):
        switch(both)
    one, _other = months.two_people()
    with pytest.raises(office.SoAlready):
        switch(one, wanted=False)
    with pytest.raises(office.WhyMissing):
        small.switch("", wanted=True, by=one, on=MONDAY, now=NOW)
    switch(one)
    switch(both, wanted=False)


def own(app: Flask, monkeypatch: pytest.MonkeyPatch, *turns: str) -> None:
    """Switch the mode and let a cashier deposit their own money past every guard."""
    with app.app_context():
        with transaction():
            one = make_staff(Role.FINANCE_APPROVER)
            clerk = make_staff(Role.FINANCE_CLERK, Role.FINANCE_APPROVER)
            number = take(clerk)
        mutants.lawless(monkeypatch)
        monkeypatch.setattr(deposits, "choose", lambda lying, *_more, **_: lying)
        mutants.without("not kept apart")
        for turn in turns:
            with transaction():
                if turn == "deposit":
                    deposit(number, clerk)
                else:
                    switch(one, wanted=turn == "on")


@pytest.mark.parametrize(
    ("turns", "found"),
    [(("deposit",), True), (("on", "deposit"), False), (("on", "deposit", "off"), False),
     (("on", "off", "deposit"), True), (("deposit", "on"), True)],
    ids=str,
)  # fmt: skip
def test_verify_knows_whether_the_mode_was_on_by_then(
    app: Flask, monkeypatch: pytest.MonkeyPatch, turns: tuple[str, ...], found: bool
) -> None:
    own(app, monkeypatch, *turns)
    with app.app_context():
        faults = {each.fault for each in verify.verify().findings} - {Fault.GUARDS}
        assert faults == ({Fault.PEOPLE} if found else set())
        assert office.findings() == []


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM office_switch WHERE id = 2", "DELETE FROM office_switch WHERE id = 1",
     "UPDATE office_switch SET after_entry = 0 WHERE id = 2",
     "UPDATE office_switch SET actor = 77 WHERE id = 1", "DELETE FROM office_switch",
     "INSERT INTO office_switch SELECT 3, true, after_entry, reason, actor, switched_on,"
     " switched_at FROM office_switch WHERE id = 2"],
)  # fmt: skip
def test_a_switch_that_was_changed_afterwards_is_found(app: Flask, change: str) -> None:
    with app.app_context():
        with transaction():
            one, _other = months.two_people()
            months.interest()
            switch(one)
        with transaction():
            switch(db.session.merge(one), wanted=False)
        assert office.findings() == []
    damage(app, change)
    with app.app_context():
        assert {each.fault for each in office.findings()} == {Fault.OFFICE}


WEEK = rules.Week(MONDAY, [], [], small=True, hands=frozenset({3}))


def test_a_week_of_the_mode_is_signed_after_it_by_other_hands_also_if_it_is_empty() -> None:
    signed = Signed(8, 9, signed_on=AFTER)
    assert not WEEK.is_signed
    assert replace(WEEK, small=False).is_signed
    assert replace(WEEK, signatures=[signed]).is_signed
    assert not replace(WEEK, signatures=[replace(signed, signed_on=SUNDAY)]).is_signed
    assert not replace(WEEK, signatures=[replace(signed, signed_on=None)]).is_signed
    assert not replace(WEEK, signatures=[replace(signed, signed_by_id=3)]).is_signed
    later = replace(WEEK, signatures=[signed], lines=[Entry(10, 7, DAY)])
    assert (later.is_signed, later.open) == (False, [10])
    assert not replace(later, lines=[Entry(5, 8, DAY)]).is_signed
    for by, day, refusal in (
        (8, SUNDAY, rules.NotOver), (3, AFTER, rules.OwnHands), (7, AFTER, rules.NothingToSign),
    ):  # fmt: skip
        with pytest.raises(refusal):
            later.check(by, day)
    later.check(8, AFTER)
    WEEK.check(8, AFTER)
    with pytest.raises(rules.NothingToSign):
        replace(WEEK, signatures=[signed]).check(9, AFTER)


def test_a_week_belongs_to_the_month_in_which_its_sunday_lies() -> None:
    assert rules.ending_within(date(2026, 10, 1), date(2026, 10, 31)) == [
        date(2026, 9, 28), date(2026, 10, 5), MONDAY, date(2026, 10, 19),
    ]  # fmt: skip
    assert rules.ending_within(date(2026, 11, 1), date(2026, 11, 30))[0] == date(2026, 10, 26)
    spans = [(SUNDAY, None)]
    assert rules.is_small(MONDAY, spans)
    assert not rules.is_small(MONDAY - rules.WEEK, spans)
    assert not rules.is_small(AFTER, [(MONDAY, SUNDAY)])


def outcome(month: int = 202610) -> int | None:
    asked = Asked(periods.month(month), months.TODAY, 7)
    found = {each.check: each.found for each in checks.run(asked)}
    return found.get(Check.WEEKS)


def replaced(by: Staff) -> WeekSignature:
    """Return a signature of a journal that is not this one."""
    return WeekSignature(
        monday=MONDAY - rules.WEEK, last_entry=1, chain_hash="A" * 64, signed_by_id=by.id,
        signed_on=AFTER, signed_at=NOW,
    )  # fmt: skip


def test_a_month_of_the_mode_waits_until_its_weeks_are_signed(session: Session) -> None:
    clerk, (one, other) = cashier(), months.two_people()
    number = take(clerk)
    assert outcome() is None
    switch(one)
    deposit(number, clerk)
    switch(one, SUNDAY, wanted=False)
    assert outcome() == 1
    with session.begin_nested() as closed:
        closing.move(202610, PeriodState.CLOSED)
        assert proof.findings() == [verify.Finding(Fault.WEEKS, 202610)]
        closed.rollback()
    with session.begin_nested() as forged:
        session.add(replaced(other))
        session.flush()
        assert [each.fault for each in proof.findings()] == [Fault.WEEKS]
        forged.rollback()
    with pytest.raises(rules.NotOver):
        weekly.sign(MONDAY, by=other, on=SUNDAY, now=at(SUNDAY))
    with pytest.raises(rules.OwnHands):
        weekly.sign(MONDAY, by=clerk, on=AFTER, now=at(AFTER))
    weekly.sign(MONDAY, by=other, on=AFTER, now=at(AFTER))
    assert outcome() == 0
    assert proof.findings() == []
    months.charge()
    waived = debit(2500, Money(100), 31), credit(1200, Money(100), 31)
    months.post(Event.WAIVE, *waived, by=other.id, approved_by=one.id, on=DAY)
    assert outcome() == 1
    weekly.sign(MONDAY, by=one, on=AFTER, now=at(AFTER))
    assert outcome() == 0
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text("UPDATE week_signature SET signed_by_id = 1"))


def test_the_pages_of_a_small_office(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        clerk, (one, _other) = cashier(), months.two_people()
        number = take(clerk)
        switch(one)
        switch(one, SUNDAY, wanted=False)
    form = {"op": "own-money-of-a-cashier-1", "receipts": [number]}
    new, page = "/fund/deposits/new", "/fund/small-office"
    sign_in(client, clerk)
    assert "Close deposit" not in client.get(new).text
    assert client.post(new, data=form).status_code == 404
    assert "Switch on" not in client.get(page).text
    assert client.post(page, data={"to": "on", "reason": WHY}).status_code == 404
    assert "Weeks to sign" not in client.get("/").text
    sign_in(client, one)
    assert "Weeks to sign" in client.get("/").text
    assert client.post(page, data={"to": "on", "reason": ""}).status_code == 422
    assert client.post(page, data={"to": "on", "reason": WHY}).status_code == 303
    assert client.post(page, data={"to": "on", "reason": WHY}).status_code == 409
    assert "Small-office mode was on" in client.get("/fund/exceptions/2026-11-16").text
    sign_in(client, clerk)
    assert "Close deposit" in client.get(new).text
    assert client.post(new, data=form).location == "/fund/deposits/D-2026-0001"
