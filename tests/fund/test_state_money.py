"""The state's money goes in bags of its own, is confirmed whole, and is sent on by two people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.errors import NotYours
from diversion.core.money import ZERO, Money
from diversion.fees import exported
from diversion.fees import verify as fees_verify
from diversion.fees.codes import ReturnReason
from diversion.fees.in_drawer import Deposited
from diversion.fees.remittees.queries import all_of_them
from diversion.fees.state import queries as state
from diversion.fees.state.models import Noted
from diversion.fees.state.services import Fact, note
from diversion.fees.state_models import StateReceipt
from diversion.fees.state_returns import services as returns
from diversion.fees.verify import STATE_TIES
from diversion.fund import verify
from diversion.fund.deposits.rules import NotInTheDrawer, OwnReceipt
from diversion.fund.drawers import services as drawers
from diversion.fund.orders.kinds import Method
from diversion.fund.reconciliation import open_items
from diversion.fund.remittances import queries, rules, services
from diversion.fund.remittances.models import Remittance
from diversion.fund.remittances.services import Sending
from diversion.fund.state_deposits import rules as bags
from diversion.fund.state_deposits import services as deposits
from diversion.fund.state_deposits.models import StateDeposit
from diversion.fund.statements.counter import unusual
from diversion.fund.statements.report import Question
from diversion.fund.statements.state_fee import collected
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.ledger.extracts import Range
from diversion.ledger.proofs import Fault
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests import intruder
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_receipt
from tests.factories.staff import make_staff
from tests.factories.state_money import collect_here, make_state_receipt, void_state


@dataclass
class Office:
    """Somebody who owes, who takes, who brings, who confirms, and two receipts."""

    person: Participant
    clerk: Staff
    preparer: Staff
    other: Staff
    cash: StateReceipt
    check: StateReceipt

    def bag(self, *receipts: StateReceipt, pieces: dict[int, int], by: Staff | None = None,
            key: str = "bag") -> StateDeposit:  # fmt: skip
        numbers = [each.number for each in receipts]
        by = by or self.preparer
        return deposits.prepare(numbers, pieces, key=key, by=by, on=TODAY, now=NOW).made

    def bring(self, *receipts: StateReceipt) -> StateDeposit:
        cash = sum(each.amount.cents for each in receipts if each.mode is Mode.CASH)
        made = self.bag(*receipts, pieces={1: cash} if cash else {})
        deposits.confirm(made, TODAY, "T-9", by=self.other, today=TODAY, now=NOW)
        return made

    def ask(self, cents: int, reference: str = "5001", to: int = 0) -> Remittance:
        sending = Sending(Money(cents), Method.CHECK, reference)
        key = f"send-{cents}-{reference}-{to}"
        return services.ask(all_of_them()[to], sending, key=key, by=self.preparer, now=NOW)

    def send(self, cents: int, reference: str = "5001", to: int = 0) -> Remittance:
        asked = self.ask(cents, reference, to)
        return services.carry_out(asked, approved_by=self.other.id, on=TODAY, now=NOW)

    def bounce(self) -> None:
        said = returns.ask(
            self.check, ReturnReason.ACCOUNT_CLOSED, "R-1", by=self.clerk, on=TODAY, now=NOW
        )
        returns.carry_out(said, approved_by=self.other.id, on=TODAY, now=NOW)


@pytest.fixture
def office(session: Session) -> Office:
    clerk = make_staff(Role.FINANCE_CLERK, Role.FINANCE_APPROVER, name="Lena Ortiz")
    preparer, other = (make_staff(Role.FINANCE_APPROVER, name=n) for n in ("Mo Abel", "Ina Roth"))
    person = collect_here(preparer)
    cash = make_state_receipt(person, 3_000, by=clerk)
    check = make_state_receipt(person, 7_000, by=clerk, mode=Mode.CHECK, reference="1841")
    return Office(person, clerk, preparer, other, cash, check)


def test_a_bag_takes_whole_receipts_of_others_with_their_cash_to_the_cent(office: Office) -> None:
    with pytest.raises(OwnReceipt):
        office.bag(office.cash, pieces={100: 30}, by=office.clerk, key="own")
    cashier = make_staff(Role.FINANCE_CLERK)
    with pytest.raises(NotYours):
        office.bag(office.cash, pieces={100: 30}, by=cashier, key="cashier")
    for dollars in (29, 31, 0):
        with pytest.raises(bags.CashDiffers):
            office.bag(office.cash, office.check, pieces={100: dollars}, key=f"try-{dollars}")
    ours = make_receipt(office.person, 500, by=office.clerk)
    with pytest.raises(NotInTheDrawer):
        deposits.prepare([ours.number], {}, key="mixed", by=office.preparer, on=TODAY, now=NOW)
    made = office.bag(office.cash, office.check, pieces={100: 30})
    assert (made.number, ledger.balance(7015, made.id)) == ("SD-2026-0001", Money(10_000))
    assert office.bag(office.cash, office.check, pieces={100: 30}) is made
    with pytest.raises(NotInTheDrawer):
        office.bag(office.cash, pieces={100: 30}, key="again")
    with pytest.raises(returns.NotReturnable):
        office.bounce()
    with pytest.raises(Deposited):
        void_state(office.cash, by=office.other)


def test_the_treasurers_word_is_taken_whole_from_somebody_else_and_once(office: Office) -> None:
    made = office.bag(office.cash, pieces={100: 30})
    tomorrow = TODAY + timedelta(days=1)

    def confirm(by: Staff, on: date = TODAY) -> None:
        deposits.confirm(made, on, "", by=by, today=TODAY, now=NOW)

    for hand in (office.preparer, office.clerk):
        with pytest.raises(bags.OwnDeposit):
            confirm(hand)
    with pytest.raises(bags.WrongDay):
        confirm(office.other, tomorrow)
    confirm(office.other)
    stand = queries.stand()
    assert (stand.drawer, stand.transit, stand.held, stand.due) == (
        Money(7_000), ZERO, Money(3_000), Money(10_000),
    )  # fmt: skip
    with pytest.raises(bags.NotOnItsWay):
        confirm(office.other)


def test_at_most_what_is_due_and_with_the_treasurer_is_sent_on_by_two(office: Office) -> None:
    office.bring(office.cash)
    for cents in (0, -5, 3_001):
        with pytest.raises(rules.TooMuch):
            office.ask(cents)
    with pytest.raises(rules.NoNumber):
        office.ask(5, "")
    asked = office.ask(2_000)
    assert queries.stand().due == Money(10_000)
    services.carry_out(asked, approved_by=office.other.id, on=TODAY, now=NOW)
    assert [due for _who, due in queries.dues()] == [Money(4_700), Money(3_300)]
    with pytest.raises(rules.NumberUsed):
        office.ask(1)
    late = office.ask(1_000, "5002", to=1)
    office.send(1_000, "5003")
    with pytest.raises(rules.TooMuch):
        services.carry_out(late, approved_by=office.other.id, on=TODAY, now=NOW)
    assert queries.stand().held == ZERO


def test_what_is_unsent_of_a_month_knows_nothing_of_later_receipts(office: Office) -> None:
    yesterday = TODAY - timedelta(days=1)
    assert (queries.unsent(yesterday), queries.unsent(TODAY)) == (ZERO, Money(10_000))
    office.bring(office.cash)
    office.send(2_000)
    assert (queries.unsent(yesterday), queries.unsent(TODAY)) == (ZERO, Money(8_000))
    void_state(office.check, by=office.other)
    assert queries.unsent(TODAY) == Money(1_000)


def test_a_returned_check_opens_the_fee_again_unless_it_was_sent_on(office: Office) -> None:
    with pytest.raises(returns.NotReturnable):
        office.bounce()
    office.bring(office.cash, office.check)
    with pytest.raises(rules.TooMuch):
        office.ask(6_701, "4999")
    office.send(6_700)
    with pytest.raises(returns.SentOn, match=r"\$46.90"):
        office.bounce()


def test_a_returned_check_is_posted_by_two_and_once(office: Office) -> None:
    office.bring(office.cash, office.check)
    returns.ask(office.check, ReturnReason.OTHER, "", by=office.clerk, on=TODAY, now=NOW)
    with pytest.raises(returns.AlreadyAsked):
        office.bounce()


def test_the_banks_line_finds_no_check_of_the_state_and_drops_leading_zeros(office: Office) -> None:
    ours = make_receipt(office.person, 500, by=office.clerk, mode=Mode.CHECK, reference="0077")
    assert [each.label for each in open_items.bounced(["1841", "77"])] == [ours.number]


def test_papers_say_why_the_states_receipts_went_back_and_where_a_copy_is(office: Office) -> None:
    office.bring(office.check)
    office.bounce()
    void_state(office.cash, by=office.other)
    head = ledger.head().number
    asked = Question(Range(TODAY, TODAY, head), 0)
    remarks = [str(row.cells[-1]) for row in unusual(asked).rows]
    assert remarks == ["", "Not returned: the payer had left"]
    assert set(exported.reasons(range(head + 1)).values()) == {"wrong amount", "account closed"}
    assert exported.taken_back([office.check.id, office.cash.id], head) == {
        office.check.id: "returned"
    }


def test_what_came_back_is_owed_again(office: Office) -> None:
    office.bring(office.cash, office.check)
    office.bounce()
    fee = state.of_participant(office.person.id)
    assert fee is not None
    assert (fee.open, queries.stand().due) == (Money(7_000), Money(3_000))
    with pytest.raises(returns.NotReturnable):
        office.bounce()
    make_state_receipt(office.person, 7_000, by=office.clerk)


def test_the_drawer_is_counted_with_the_states_cash_in_it(office: Office) -> None:
    drawer = drawers.open_drawer(Money(5_000), by=office.clerk, on=TODAY, now=NOW)
    made = make_receipt(office.person, 2_000, by=office.clerk)
    void_state(office.cash, by=office.other)
    make_state_receipt(office.person, 1_500, by=office.clerk)
    drawers.count(drawer, {100: 85}, by=office.clerk, now=NOW)
    assert (made.amount, drawer.difference) == (Money(2_000), ZERO)


def test_the_report_says_what_was_charged_taken_sent_on_and_is_owed(office: Office) -> None:
    office.bring(office.cash, office.check)
    office.bounce()
    office.send(1_000)
    wanted = Range(TODAY.replace(day=1), TODAY, ledger.head().number)
    report = collected(Question(wanted, 0))
    assert report.rows[0].cells[-2:] == (ZERO, ZERO)
    assert report.rows[1].cells[1:] == tuple(
        map(Money, (10_000, 0, 0, 10_000, 7_000, 1_000, 7_000, 2_000))
    )
    assert report.foot is not None
    assert report.foot.cells[1:] == report.rows[1].cells[1:]
    assert report.ties
    waived = Fact(Noted.WAIVED, Money(200), "Order 26-119", TODAY)
    note(office.person, waived, key="w", by=office.clerk, on=TODAY, now=NOW + timedelta(hours=1))
    assert collected(Question(wanted, 0)).rows[1].cells[3] == Money(200), "as of the last, now"
    before = collected(Question(Range(wanted.first, wanted.last, office.cash.entry_number), 0))
    assert before.rows[1].cells[4] == Money(3_000)


def test_a_month_that_the_days_cut_counts_its_days_alone(office: Office) -> None:
    office.bring(office.cash, office.check)
    day = timedelta(days=1)
    wanted = Range(TODAY + day, TODAY + 5 * day, ledger.head().number)
    carried, together = collected(Question(wanted, 0)).rows
    assert carried.cells[-2:] == (ZERO, Money(10_000))
    assert together.cells[1:] == (*[ZERO] * 7, Money(10_000))


ANOTHER = "(SELECT max(id) FROM staff)"
FEES = (
    "UPDATE state_receipt SET amount = amount + 1",
    "UPDATE state_receipt SET void_entry = NULL, voided_by_id = NULL",
    f"UPDATE state_return SET approved_by_id = {ANOTHER}",
)
FUND = (
    "DELETE FROM state_deposit_confirmation",
    "UPDATE state_deposit SET entry = NULL",
    "UPDATE remittance SET amount = amount + 1",
    f"UPDATE remittance SET approved_by_id = {ANOTHER}",
)
FOUND: dict[str, Callable[[], list[object]]] = {
    **{damage: lambda: [f.fault for f in fees_verify.findings()] for damage in FEES},
    **{damage: lambda: [f.fault for f in verify.findings()] for damage in FUND},
}


@pytest.mark.parametrize("damage", FOUND)
def test_each_way_of_not_tying_is_found(office: Office, session: Session, damage: str) -> None:
    office.bring(office.cash, office.check)
    office.bounce()
    office.send(500)
    third = make_state_receipt(office.person, 100, by=office.clerk)
    void_state(third, by=office.other)
    make_staff(Role.FINANCE_APPROVER, name="Vera Low")
    assert FOUND[damage]() == []
    intruder.damage(session, damage)
    assert set(FOUND[damage]()) <= {Fault.CASHIER, Fault.DEPOSITS}
    assert FOUND[damage]()
    assert len(FEES) == len(STATE_TIES)
