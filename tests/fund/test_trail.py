"""Prove that every cent that was spent came from somewhere, the oldest first, and is told once."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fees.codes import ReturnReason
from diversion.fees.returned.models import ReturnKind
from diversion.fees.returned.services import Notice, return_item
from diversion.fund.trail.queries import moves
from diversion.fund.trail.rows import origins, uses
from diversion.fund.trail.rules import Move, split, trace
from diversion.ledger import services as books
from diversion.ledger.commands import Command, Mode, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.models import ReceiptNumber
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import disbursements as out
from tests.factories import fund
from tests.factories.fees import make_debtor, make_receipt
from tests.factories.fund import TODAY
from tests.factories.staff import make_staff
from tests.fund.test_money_out import K, pay, queries, take_back


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_a_split_loses_nothing(cents: int, weights: list[int]) -> None:
    parts = split(cents, weights)
    assert sum(parts) == cents
    whole = sum(weights)
    assert all(abs(p * whole - cents * w) < whole for p, w in zip(parts, weights, strict=True))


MARKS = st.integers(0, 1)
STEPS = st.lists(
    st.tuples(st.sampled_from(["in", "out", "back", "move"]), MARKS, st.integers(1, 500)),
    max_size=25,
)


def play(steps: list[tuple[str, int, int]]) -> tuple[list[Move], dict[int, int]]:
    """Return the legal moves of what was drawn, and the cash by earmark at the end."""
    made: list[Move] = []
    cash = {0: 0, 1: 0}
    paid: dict[int, tuple[int, int]] = {}
    for n, (kind, mark, cents) in enumerate(steps, 1):
        if kind == "in":
            made.append(Move(n, {mark: cents}, claims={(n, mark): cents}))
            cash[mark] += cents
        elif kind == "back" and paid:
            of, (at, amount) = paid.popitem()
            made.append(Move(n, {at: amount}, undoes=of))
            cash[at] += amount
        elif kind == "out" and cents <= cash[mark]:
            made.append(Move(n, out={mark: cents}))
            cash[mark] -= cents
            paid[n] = (mark, cents)
        elif kind == "move" and cents <= cash[mark]:
            made.append(Move(n, {1 - mark: cents}, {mark: cents}))
            cash[mark] -= cents
            cash[1 - mark] += cents
    return made, cash


@settings(max_examples=150)
@given(STEPS)
def test_no_cent_is_lost_or_told_twice(steps: list[tuple[str, int, int]]) -> None:
    made, cash = play(steps)
    found = trace(made)
    assert {m: sum(lot.cents for lot in found.left[m]) for m in cash} == cash
    for receipt, cents in ((m.entry, sum(m.into.values())) for m in made if m.claims):
        used = sum(amount for _entry, amount in found.uses_of(receipt))
        assert used + found.left_of(receipt) == cents
    undone = {m.undoes for m in made}
    for move in made:
        if move.out and not move.into:
            whole = 0 if move.entry in undone else sum(move.out.values())
            assert sum(cents for _source, cents in found.sources_of(move.entry)) == whole


def test_the_oldest_money_is_spent_first() -> None:
    found = trace([Move(1, {0: 5}, claims={(7, 0): 5}), Move(2, {0: 5}, claims={(8, 0): 5}),
                   Move(3, out={0: 7})])  # fmt: skip
    assert found.sources_of(3) == [((1, 7), 5), ((2, 8), 2)]
    assert (found.left_of(7), found.left_of(8)) == (0, 3)


def test_a_reversed_inflow_takes_its_own_money_first() -> None:
    found = trace([Move(1, {0: 5}), Move(2, {0: 5}), Move(3, out={0: 5}, takes_back=2)])
    assert found.sources_of(3) == [((2, 0), 5)]


def test_a_returned_check_takes_its_own_money_and_nobody_elses() -> None:
    came = [Move(1, {0: 5}, claims={(7, 0): 5}), Move(2, {0: 5}, claims={(8, 0): 5})]
    found = trace([*came, Move(3, out={0: 5}, bounces=8)])
    assert (found.uses_of(7), found.left_of(7)) == ([], 5)
    assert (found.uses_of(8), found.left_of(8)) == ([(3, 5)], 0)
    spent = trace([*came, Move(3, out={0: 8}), Move(4, out={0: 2}, bounces=8)])
    assert spent.sources_of(4) == [((2, 8), 2)]


def test_the_trail_knows_which_receipt_a_bank_took_back(session: Session) -> None:
    clerk, manager = make_staff(Role.FINANCE_CLERK), make_staff(Role.FINANCE_APPROVER, name="Mo")
    person, _ = make_debtor()
    paid = make_receipt(person, 30_000, mode=Mode.CHECK, reference="1021")
    bounced = make_receipt(person, 20_000, mode=Mode.CHECK, reference="1022")
    lines = [credit(1010, each.amount, each.id) for each in (paid, bounced)]
    books.post(
        Command(Event.DEPOSITED_BEFORE, [debit(1020, Money(50_000)), *lines]), key=out.key(),
        by=clerk.id, approved_by=manager.id, on=TODAY, now=NOW,
    )  # fmt: skip
    notice = Notice(ReturnKind.RETURNED, ReturnReason.INSUFFICIENT_FUNDS, "NSF-1")
    return_item(bounced.number, notice, by=clerk, approved_by=manager.id, on=TODAY, now=NOW)
    traced = trace(moves())
    assert (traced.left_of(paid.id), traced.uses_of(paid.id)) == (30_000, [])
    assert (traced.left_of(bounced.id), len(traced.uses_of(bounced.id))) == (0, 1)


def voucher_of(office: out.Office, dollars: int) -> Any:
    award = out.make_award(office, out.make_line(office, 5000), 1000)
    voucher = out.request(office, award, dollars)
    out.agree(queries.row_of(voucher.id).Order, office.agrees)
    return voucher


def test_a_payment_leads_to_its_money_and_a_gift_to_what_it_paid_for(session: Session) -> None:
    office = out.make_office()
    gift = out.give(60)
    out.give(100)
    paid = pay(office, voucher_of(office, 90))
    came = origins(trace(moves()).sources_of(paid.entry))
    assert [(each.entry, each.amount) for each in came] == [
        (gift, Money(6000)), (gift + 1, Money(3000)),
    ]  # fmt: skip


def test_a_receipt_leads_to_the_award_and_no_further(session: Session) -> None:
    office = out.make_office()
    taken = fund.take(80, by=9_000_900)
    receipt = session.get_one(ReceiptNumber, taken.receipt_id)
    amount = Money(8000)
    lines = [debit(1020, amount), credit(1010, amount, receipt.id)]
    books.post(
        Command(Event.DEPOSITED_BEFORE, lines), key=out.key(), by=9_000_901,
        approved_by=9_000_902, on=TODAY, now=NOW,
    )  # fmt: skip
    voucher = voucher_of(office, 50)
    paid = pay(office, voucher)
    traced = trace(moves())
    (use,) = uses(traced.uses_of(receipt.id))
    assert (use.entry, use.amount, use.award) == (paid.entry, Money(5000), "G-2026-0001")
    assert traced.left_of(receipt.id) == 3000
    assert origins(traced.sources_of(paid.entry))[0].receipt == receipt.shown
    out.agree(take_back(office, voucher, K.CHECK_VOIDED), office.agrees)
    traced = trace(moves())
    assert traced.uses_of(receipt.id) == traced.sources_of(paid.entry) == []
    assert traced.left_of(receipt.id) == 8000
