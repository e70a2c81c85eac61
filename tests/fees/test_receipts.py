"""Prove that taking money gives one numbered receipt, and that a void turns it back whole."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.errors import Invalid
from diversion.core.money import ZERO, Money
from diversion.core.once import KeyUsedOtherwise
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.fees import queries
from diversion.fees.clearance import cleared
from diversion.fees.models import Payor, VoidReason
from diversion.fees.receipts import services
from diversion.fees.receipts.services import AlreadyVoid, Payment, Stale
from diversion.fees.receipts.wording import ENGLISH, SPANISH, spoken
from diversion.fees.rules import CardNumber
from diversion.ledger import queries as ledger
from diversion.ledger import receipts as register
from diversion.ledger.commands import Mode
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff


def fee_is_met(enrollment: object) -> bool:
    return next(s.met for s in explain(enrollment) if s.kind is ConditionKind.FEE)  # type: ignore[arg-type]


def void(receipt, by, **other):  # type: ignore[no-untyped-def]
    given = {"reason": VoidReason.WRONG_AMOUNT, "copy_returned": True, "seen": receipt.hash16,
             "by": by, "on": TODAY, "now": NOW, **other}  # fmt: skip
    return services.void(receipt, **given)


def test_a_part_payment_leaves_the_rest_owed(session: Session) -> None:
    participant, enrollment = make_debtor()
    receipt = make_receipt(participant, 40_000)
    assert receipt.number == "M-2026-000001"
    assert queries.owed_by([participant.id]) == {participant.id: Money(60_000)}
    assert ledger.balance(4010) == Money(-40_000)
    assert cleared([participant.id]) == set()
    assert not fee_is_met(enrollment)


def test_the_last_payment_clears_and_is_evidence(session: Session) -> None:
    participant, enrollment = make_debtor()
    make_receipt(participant, 40_000)
    make_receipt(participant, 60_000, mode=Mode.CARD, reference="ch_77")
    assert cleared([participant.id]) == {participant.id}
    assert fee_is_met(enrollment)
    assert (ledger.balance(1010), ledger.balance(1030)) == (Money(40_000), Money(60_000))


def test_an_overpayment_is_kept_as_credit(session: Session) -> None:
    participant, _ = make_debtor()
    receipt = make_receipt(participant, 120_000, mode=Mode.CHECK, reference="1021")
    assert receipt.credit == Money(20_000)
    assert queries.credit_of(participant.id) == Money(20_000)
    assert queries.owed_by([participant.id])[participant.id] == ZERO


@pytest.mark.parametrize("mode", [Mode.CHECK, Mode.MONEY_ORDER, Mode.CARD])
def test_all_but_cash_needs_its_number(session: Session, mode: Mode) -> None:
    participant, _ = make_debtor()
    with pytest.raises(Invalid):
        make_receipt(participant, 100, mode=mode)


def test_a_card_reference_counts_once(session: Session) -> None:
    participant, _ = make_debtor()
    make_receipt(participant, 100, mode=Mode.CARD, reference="ch_1")
    with pytest.raises(LedgerRefused) as refusal:
        make_receipt(participant, 100, mode=Mode.CARD, reference="ch_1")
    assert (refusal.value.code, refusal.value.field) == ("card_reference_used", "reference")
    with pytest.raises(CardNumber):
        make_receipt(participant, 100, mode=Mode.CARD, reference="4111 1111 1111 1111")


def test_the_same_form_gives_the_same_receipt_le_03(session: Session) -> None:
    participant, _ = make_debtor()
    clerk = make_staff(Role.FINANCE_CLERK)
    payment = Payment(Money(5_000), Mode.CASH)
    first = services.take(participant, payment, key="form-1", by=clerk, on=TODAY, now=NOW)
    again = services.take(participant, payment, key="form-1", by=clerk, on=TODAY, now=NOW)
    assert (again.made.number, again.repeated) == (first.made.number, True)
    assert ledger.balance(1010) == Money(5_000)
    other = Payment(Money(5_001), Mode.CASH)
    with pytest.raises(KeyUsedOtherwise):
        services.take(participant, other, key="form-1", by=clerk, on=TODAY, now=NOW)


def test_a_void_by_another_person_turns_everything_back(session: Session) -> None:
    participant, enrollment = make_debtor()
    receipt = make_receipt(participant, 120_000)
    void(receipt, make_staff(Role.FINANCE_APPROVER))
    assert queries.owed_by([participant.id])[participant.id] == Money(100_000)
    assert queries.credit_of(participant.id) == ZERO
    assert ledger.balance(1010) == ZERO
    assert not fee_is_met(enrollment)
    assert make_receipt(participant, 100).number == "M-2026-000002"
    assert register.gaps() == []


def test_who_took_the_money_cannot_void_the_receipt(session: Session) -> None:
    participant, _ = make_debtor()
    clerk = make_staff(Role.FINANCE_CLERK, Role.FINANCE_APPROVER)
    receipt = make_receipt(participant, 100, by=clerk)
    with pytest.raises(LedgerRefused) as refusal:
        void(receipt, clerk)
    assert refusal.value.code == "not_kept_apart"


def test_a_receipt_is_voided_only_on_its_own_day(session: Session) -> None:
    participant, _ = make_debtor()
    receipt = make_receipt(participant, 100)
    tomorrow = {"on": TODAY + timedelta(days=1), "now": NOW + timedelta(days=1)}
    with pytest.raises(LedgerRefused) as refusal:
        void(receipt, make_staff(Role.FINANCE_APPROVER), **tomorrow)
    assert refusal.value.code == "not_the_same_day"


def test_a_stale_page_voids_nothing_and_a_void_counts_once_le_04(session: Session) -> None:
    participant, _ = make_debtor()
    receipt = make_receipt(participant, 100)
    approver = make_staff(Role.FINANCE_APPROVER)
    with pytest.raises(Stale):
        void(receipt, approver, seen="0" * 16)
    void(receipt, approver)
    with pytest.raises(AlreadyVoid):
        void(receipt, approver)


def test_a_receipt_says_everything_in_both_languages() -> None:
    assert set(ENGLISH) == set(SPANISH)
    assert {*Mode, *Payor, *VoidReason} <= set(ENGLISH)
    assert {spoken("es"), spoken("vi")} == {"es", "en"}
