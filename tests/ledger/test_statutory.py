"""The state's own money keeps to its own accounts, from the till to the state (S02 to S07)."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.ledger import queries, services
from diversion.ledger.accounts import Group
from diversion.ledger.commands import OWN_RECEIPT, Line
from diversion.ledger.events import BY_EVENT, Event
from diversion.ledger.facts import lines_of
from diversion.ledger.models import AccountRow
from diversion.ledger.services import Posted
from diversion.ledger.verify import verify
from tests.ledger import books
from tests.ledger.books import ACCOUNTANT, APPROVER, NOW, TODAY

STATE, BAG, CENTS = 3, 5, 10_000


def take() -> Posted:
    lines = Line(7010, CENTS, OWN_RECEIPT), Line(7300, -CENTS, STATE)
    return books.post(Event.STF_RECEIPT, *lines, tender=books.tender(CENTS, "S-2026-"))


def test_the_states_money_goes_from_the_till_to_the_state(session: Session) -> None:
    session.execute(update(AccountRow).where(AccountRow.grp == Group.STATUTORY).values(active=True))
    first, second = take(), take()
    services.reverse(
        second.number, event=Event.STF_VOID, key="void", by=APPROVER, on=TODAY, now=NOW
    )
    held = Line(7015, CENTS, BAG), Line(7010, -CENTS, first.receipt_id or 0)
    books.post(Event.STF_DEPOSIT, *held, by=ACCOUNTANT)
    books.post(Event.STF_CONFIRMED, Line(7020, CENTS), Line(7015, -CENTS, BAG), by=APPROVER)
    back = Line(7300, 400, STATE), Line(7020, -400)
    books.post(Event.STF_RETURNED, *back, approved_by=APPROVER)
    sent = Line(7300, CENTS - 400, STATE), Line(7020, 400 - CENTS)
    books.post(Event.STF_REMIT, *sent, approved_by=APPROVER)
    assert [queries.balance(code) for code in (7010, 7015, 7020, 7300)] == [Money(0)] * 4
    assert all(line.account >= 7000 for number in range(1, 8) for line in lines_of(number))
    assert verify().findings == []


def test_each_event_of_the_states_money_has_its_number() -> None:
    stf = {BY_EVENT[e].number: e for e in Event if e.startswith("STF_")}
    assert sorted(stf) == ["S02", "S03", "S04", "S05", "S06", "S07"]
    assert {BY_EVENT[e].groups for e in stf.values()} == {frozenset({Group.STATUTORY})}
