"""The state's fee taken here has receipts of its own and never moves a cent of the Account."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.once import KeyUsedOtherwise
from diversion.fees import queries as fees
from diversion.fees import verify
from diversion.fees.instruments import SplitBetween
from diversion.fees.remittees import services as splits
from diversion.fees.remittees.queries import all_of_them
from diversion.fees.remittees.rules import (
    HalfAShare,
    NoSplit,
    NotAHundred,
    NotThatDay,
    Share,
    TwiceNamed,
    divide,
)
from diversion.fees.rules import NoNumber
from diversion.fees.schedules.models import Office
from diversion.fees.state import queries, services
from diversion.fees.state.models import Noted
from diversion.fees.state.rules import CollectedHere, NotSoMuch, SwitchedOff
from diversion.fees.state.services import Fact
from diversion.fees.state_models import StateReceipt
from diversion.fees.state_receipts import rules
from diversion.fees.state_receipts.services import Handed, meaning
from diversion.fees.void_in_place import AnotherDay, Stale, VoidAlready
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.ledger.refusals import LedgerRefused
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.factories.state_money import collect_here, make_state_receipt, void_state
from tests.fees.test_state_fee import is_evident

OTHER_ACCOUNTS = "SELECT count(*) FROM balance WHERE account < 7000 AND debits <> credits"


@pytest.fixture
def clerk(session: Session) -> Staff:
    return make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")


@pytest.fixture
def person(clerk: Staff) -> Participant:
    return collect_here(make_staff(Role.FINANCE_APPROVER, name="Miles Soto"))


def open_of(person: Participant) -> Money:
    fee = queries.of_participant(person.id)
    assert fee is not None
    return fee.open


@given(st.integers(1, 10**9), st.lists(st.integers(1, 50), min_size=1, max_size=3))
def test_a_split_loses_and_invents_no_cent(cents: int, some: list[int]) -> None:
    percents = dict(enumerate([*some, 100 - sum(some)] if sum(some) < 100 else [100]))
    parts = divide(Money(cents), percents)
    assert Money.total(parts.values()) == Money(cents)
    assert all(abs(parts[k].cents * 100 - cents * percents[k]) < 100 for k in percents)


def test_what_is_taken_is_due_to_others_and_no_account_of_the_fund_moves(
    clerk: Staff, person: Participant
) -> None:
    before = db.session.scalar(text(OTHER_ACCOUNTS)), fees.owed_by([person.id])[person.id]
    made = make_state_receipt(person, 4_001, by=clerk, key="one")
    assert make_state_receipt(person, 4_001, by=clerk, key="one") is made
    with pytest.raises(KeyUsedOtherwise):
        make_state_receipt(person, 4_000, by=clerk, key="one")
    assert made.number == "S-2026-000001"
    assert [-ledger.balance(7300, each.id).cents for each in all_of_them()] == [2_681, 1_320]
    assert (ledger.balance(7010), open_of(person)) == (Money(4_001), Money(5_999))
    assert (db.session.scalar(text(OTHER_ACCOUNTS)), fees.owed_by([person.id])[person.id]) == before
    assert not is_evident(person)
    make_state_receipt(person, 5_999, by=clerk, mode=Mode.CHECK, reference="1841")
    assert is_evident(person)
    assert verify.findings() == []


def test_only_what_is_open_is_taken_and_never_by_card(clerk: Staff, person: Participant) -> None:
    for cents in (10_001, 0, -1):
        with pytest.raises(NotSoMuch):
            make_state_receipt(person, cents, by=clerk)
    with pytest.raises(rules.NotByCard):
        make_state_receipt(person, 500, by=clerk, mode=Mode.CARD, reference="A1")
    with pytest.raises(NoNumber):
        make_state_receipt(person, 500, by=clerk, mode=Mode.CHECK)
    with pytest.raises(rules.CollectedThere):
        rules.check(Office.COURT_CLERK, Mode.CASH, "")
    before, _ = make_debtor(on=TODAY - timedelta(days=9), first="Wren")
    with pytest.raises(SwitchedOff):
        make_state_receipt(before, 500, by=clerk)
    with pytest.raises(NoSplit):
        meaning(Handed(Money(5), Mode.CASH), {}, TODAY)


def test_one_check_pays_the_fund_or_the_state_never_both(clerk: Staff, person: Participant) -> None:
    def to_fund(number: str) -> None:
        make_receipt(person, 500, by=clerk, mode=Mode.CHECK, reference=number)

    def to_state(number: str) -> StateReceipt:
        return make_state_receipt(person, 100, by=clerk, mode=Mode.CHECK, reference=number)

    to_fund("1841")
    ours = to_state("1842")
    with pytest.raises(SplitBetween):
        to_state("1841")
    with pytest.raises(SplitBetween):
        to_fund("1842")
    void_state(ours, by=make_staff(Role.FINANCE_APPROVER))
    to_fund("1842")


def test_a_court_still_waives_what_is_taken_here_but_nobody_pays_it_there(
    clerk: Staff, person: Participant
) -> None:
    paid = Fact(Noted.PAID, Money(10_000), "CC-1", TODAY)
    with pytest.raises(CollectedHere):
        services.note(person, paid, key="a", by=clerk, on=TODAY, now=NOW)
    waived = Fact(Noted.WAIVED, Money(10_000), "Order 12", TODAY)
    services.note(person, waived, key="b", by=clerk, on=TODAY, now=NOW)
    assert (open_of(person), is_evident(person)) == (ZERO, True)


def test_a_receipt_is_void_on_its_day_by_somebody_else_and_once(
    clerk: Staff, person: Participant
) -> None:
    made, other = make_state_receipt(person, 10_000, by=clerk), make_staff(Role.FINANCE_APPROVER)
    with pytest.raises(LedgerRefused):
        void_state(made, by=clerk)
    with pytest.raises(AnotherDay):
        void_state(made, by=other, on=TODAY + timedelta(days=1))
    with pytest.raises(Stale):
        void_state(made, by=other, seen="0" * 16)
    void_state(made, by=other)
    assert (ledger.balance(7010), ledger.balance(7300), open_of(person)) == (
        ZERO, ZERO, Money(10_000),
    )  # fmt: skip
    assert not is_evident(person)
    with pytest.raises(VoidAlready):
        void_state(made, by=other)
    assert verify.findings() == []


def test_a_split_is_whole_named_and_of_a_day_of_its_own(clerk: Staff, person: Participant) -> None:
    def put(*shares: Share, days: int = 1) -> None:
        on = TODAY + timedelta(days=days)
        splits.put_in_force(
            shares,
            key=f"split-{len(shares)}-{shares[-1].name}-{days}",
            by=clerk,
            on=on,
            today=TODAY,
            now=NOW,
        )

    one, two = Share("A", 60), Share("B", 40)
    with pytest.raises(NotAHundred):
        put(one)
    with pytest.raises(HalfAShare):
        put(one, Share("", 40))
    with pytest.raises(TwiceNamed):
        put(one, Share("a", 40))
    for days in (-1, 0, 800):
        with pytest.raises(NotThatDay):
            put(one, two, days=days)
    put(one, two)
    put(Share("Ärar", 100), days=2)
    put(Share("ÄRAR", 100), days=3)
    assert [each.name for each in all_of_them()][2:] == ["A", "B", "Ärar"]
    assert open_of(person)
