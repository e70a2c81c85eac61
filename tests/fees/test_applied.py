"""A credit settles the oldest fee first, stays tied to its receipt, and moves cash it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.enrollments.models import Enrollment
from diversion.fees import credits, earmarks
from diversion.fees import queries as fees
from diversion.fees.applied import queries, rules, services
from diversion.fees.applied.rules import Source
from diversion.fees.codes import Change
from diversion.fees.rules import Due
from diversion.fees.verify import findings
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.proofs import Fault
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_marked_debtor, make_receipt
from tests.fees.test_waivers import approve, ask


def apply(person: Participant, by: Staff, key: str = "credit-1"):  # type: ignore[no-untyped-def]  # (a test's shorthand)
    seen = services.standing(person.id)
    return services.apply(person, seen=seen, key=key, by=by, on=TODAY, now=NOW)


def test_a_credit_settles_what_is_owed_later(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    person, _ = debtor
    receipt = make_receipt(person, 103_000)
    approve(ask(person, coordinator, Change.RAISE, 2_000), manager)
    used = apply(person, coordinator)
    assert (used.amount, [part.receipt_id for part in used.parts]) == (Money(2_000), [receipt.id])
    assert fees.owed_by([person.id])[person.id] == ZERO
    assert fees.credit_of(person.id) == Money(1_000)
    assert ledger.balance(4010) == Money(-102_000)
    assert findings() == []


def test_the_same_form_applies_once_and_nothing_is_applied_to_nothing(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    person, _ = debtor
    with pytest.raises(services.NoCredit):
        services.settled_by(person.id)
    make_receipt(person, 103_000)
    with pytest.raises(services.NothingOwed):
        services.settled_by(person.id)
    approve(ask(person, coordinator, Change.RAISE, 2_000), manager)
    assert apply(person, coordinator) is apply(person, coordinator)
    assert fees.credit_of(person.id) == Money(1_000)


def test_what_was_turned_back_is_a_credit_again_and_shown_so(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    person, _ = debtor
    receipt = make_receipt(person, 103_000)
    approve(ask(person, coordinator, Change.RAISE, 2_000), manager)
    apply(person, coordinator)
    assert earmarks.brought_by([receipt.id]) == {0: Money(103_000)}
    assert queries.left_on_receipts(person.id) == [Source(receipt.id, Money(1_000))]
    credits.free(receipt, credits.Taker(coordinator, manager.id, TODAY, NOW))
    assert [each.undone for each in queries.uses_of(person.id)] == [True]
    assert queries.left_on_receipts(person.id) == [Source(receipt.id, Money(3_000))]
    assert findings() == []


CENTS = st.integers(1, 10_000)


@given(st.lists(CENTS, min_size=1, max_size=5), st.lists(CENTS, min_size=1, max_size=5), st.data())
def test_every_cent_of_a_credit_has_one_source_and_one_fee(
    receipts: list[int], owed: list[int], data: st.DataObject
) -> None:
    credit = Money(data.draw(st.integers(1, 60_000)))
    left = [Source(n, Money(cents)) for n, cents in enumerate(receipts, 1)]
    there = rules.sources(left, credit)
    assert Money.total(each.amount for each in there) == credit
    wanted, parts = credit, []
    for n, cents in enumerate(owed, 1):
        part = min(Money(cents), wanted)
        wanted -= part
        if part:
            parts.append((Due(n, TODAY, Money(cents), 4010, 0), part))
    found = rules.pair(parts, there)
    for due, part in parts:
        own = [each.amount for each in found if each.due.obligation == due.obligation]
        assert Money.total(own) == part
    for source in left:
        used = Money.total(each.amount for each in found if each.receipt == source.receipt)
        assert used <= source.amount


def test_what_a_receipt_brings_to_a_purpose_counts_its_applied_credit(
    session: Session, coordinator: Staff, manager: Staff
) -> None:
    person, purpose = make_marked_debtor(coordinator)
    receipt = make_receipt(person, 103_000)
    approve(ask(person, coordinator, Change.RAISE, 2_000), manager)
    assert earmarks.brought_by([receipt.id]) == {0: Money(3_000), purpose: Money(100_000)}
    apply(person, coordinator)
    assert earmarks.brought_by([receipt.id]) == {0: Money(1_000), purpose: Money(102_000)}


def test_a_credit_that_was_applied_without_its_paper_is_found(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    person, _ = debtor
    make_receipt(person, 103_000)
    approve(ask(person, coordinator, Change.RAISE, 2_000), manager)
    fee = fees.dues(person.id)[0].obligation
    lines = [debit(2100, Money(2_000), person.id), debit(2500, Money(2_000), fee),
             credit(1200, Money(2_000), fee), credit(4010, Money(2_000))]  # fmt: skip
    by_hand = books.post(
        Command(Event.APPLY, lines), key="no-paper", by=coordinator.id, on=TODAY, now=NOW
    )
    assert [(each.fault, each.place) for each in findings()] == [(Fault.ACCOUNTS, by_hand.number)]
