"""Prove that a payment taken back is owed again, once, with a second person, to the cent."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.fees import queries, verify
from diversion.fees.codes import ReturnReason
from diversion.fees.models import Receipt
from diversion.fees.returned import rules, services
from diversion.fees.returned.models import ReturnedItem, ReturnKind
from diversion.fees.returned.services import Notice
from diversion.ledger import exceptions
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import Command, Mode, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.models import Staff
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_receipt

BOUNCED = Notice(ReturnKind.RETURNED, ReturnReason.INSUFFICIENT_FUNDS, "NSF-1")
DISPUTED = Notice(ReturnKind.CHARGEBACK, ReturnReason.DISPUTED, "CB-1")


def back(
    receipt: Receipt, notice: Notice, clerk: Staff, manager: Staff, ceiling: Money = ZERO
) -> ReturnedItem:
    return services.return_item(
        receipt.number, notice, by=clerk, approved_by=manager.id, on=TODAY, now=NOW, ceiling=ceiling
    )


def check(participant, cents: int = 100_000) -> Receipt:  # type: ignore[no-untyped-def]
    return make_receipt(participant, cents, mode=Mode.CHECK, reference="1021")


def test_a_returned_check_is_owed_again(clerk: Staff, manager: Staff) -> None:
    participant, enrollment = make_debtor()
    receipt = check(participant)
    bring_to_bank(receipt)
    item = back(receipt, BOUNCED, clerk, manager)
    assert queries.owed_by([participant.id])[participant.id] == Money(100_000)
    wanted = Range(TODAY, TODAY, ledger.head().number)
    assert [row.cents for row in exceptions.between(wanted)] == [100_000]
    assert (ledger.balance(1020), ledger.balance(4010)) == (ZERO, ZERO)
    assert (item.reopened, item.credit) == (Money(100_000), ZERO)
    fee = next(s for s in explain(enrollment) if s.kind is ConditionKind.FEE)
    assert not fee.met
    assert verify.findings() == []


def test_what_the_bank_did_not_take_is_not_returned(clerk: Staff, manager: Staff) -> None:
    participant, _ = make_debtor()
    with pytest.raises(rules.NotAtTheBank):
        back(check(participant), BOUNCED, clerk, manager)


def test_a_payment_is_taken_back_once(clerk: Staff, manager: Staff) -> None:
    participant, _ = make_debtor()
    receipt = check(participant)
    bring_to_bank(receipt)
    back(receipt, BOUNCED, clerk, manager)
    with pytest.raises(rules.AlreadyReturned):
        back(receipt, BOUNCED, clerk, manager)


def test_nobody_is_their_own_second_person(clerk: Staff) -> None:
    participant, _ = make_debtor()
    receipt = check(participant)
    bring_to_bank(receipt)
    with pytest.raises(LedgerRefused):
        back(receipt, BOUNCED, clerk, clerk)


def test_the_database_refuses_the_asker_as_second_person(session: Session, clerk: Staff) -> None:
    participant, _ = make_debtor()
    receipt = check(participant)
    bring_to_bank(receipt)
    item = services.ask(receipt.number, BOUNCED, by=clerk, on=TODAY, now=NOW)
    with pytest.raises(IntegrityError, match="second_person"), session.begin_nested():
        item.entry_number, item.approved_by_id = receipt.entry_number, clerk.id
        session.flush()


def test_cash_does_not_come_back_and_a_card_is_charged_back(clerk: Staff, manager: Staff) -> None:
    participant, _ = make_debtor()
    cash = make_receipt(participant, 1_000)
    card = make_receipt(participant, 1_000, mode=Mode.CARD, reference="ch_1")
    for receipt, notice in ((cash, BOUNCED), (cash, DISPUTED), (card, BOUNCED)):
        with pytest.raises(rules.NotReturnable):
            back(receipt, notice, clerk, manager)


def test_an_applied_credit_is_freed_before_its_payment_goes(clerk: Staff, manager: Staff) -> None:
    participant, _ = make_debtor()
    receipt = check(participant, 120_000)
    bring_to_bank(receipt)
    other, _ = make_debtor(first="Rowan")
    owed = queries.dues(other.id)[0].obligation
    part = Money(15_000)
    lines = [debit(2100, part, participant.id), debit(2500, part, owed), credit(1200, part, owed)]
    apply = Command(Event.APPLY, [*lines, credit(4010, part)])
    books.post(apply, key="apply-1", by=clerk.id, on=TODAY, now=NOW)
    back(receipt, BOUNCED, clerk, manager)
    assert queries.credit_of(participant.id) == ZERO
    assert queries.owed_by([participant.id, other.id]) == {
        participant.id: Money(100_000), other.id: Money(100_000),
    }  # fmt: skip
    assert ledger.balance(1020) == ZERO


def test_a_fee_is_charged_up_to_the_ceiling_only(clerk: Staff, manager: Staff) -> None:
    participant, _ = make_debtor()
    receipt = check(participant)
    bring_to_bank(receipt)
    dear = Notice(ReturnKind.RETURNED, ReturnReason.ACCOUNT_CLOSED, "NSF-2", Money(3_501))
    with pytest.raises(rules.FeeAboveCeiling):
        back(receipt, dear, clerk, manager, Money(3_500))
    fair = Notice(ReturnKind.RETURNED, ReturnReason.ACCOUNT_CLOSED, "NSF-2", Money(3_500))
    back(receipt, fair, clerk, manager, Money(3_500))
    assert queries.owed_by([participant.id])[participant.id] == Money(103_500)
    assert {d.account for d in queries.dues(participant.id)} == {4010, 4020}
    assert verify.findings() == []


@pytest.mark.parametrize("settled", [True, False])
def test_a_chargeback_is_lost_and_won_back(clerk: Staff, manager: Staff, settled: bool) -> None:
    participant, _ = make_debtor()
    receipt = make_receipt(participant, 100_000, mode=Mode.CARD, reference="ch_1")
    if settled:
        bring_to_bank(receipt)
    held = 1020 if settled else 1030
    back(receipt, DISPUTED, clerk, manager)
    assert ledger.balance(held) == ZERO
    assert queries.owed_by([participant.id])[participant.id] == Money(100_000)
    won = Notice(ReturnKind.CHARGEBACK_WON, ReturnReason.DISPUTED, "CB-1")
    back(receipt, won, clerk, manager)
    assert ledger.balance(held) == Money(100_000)
    assert queries.owed_by([participant.id])[participant.id] == ZERO
    with pytest.raises(rules.AlreadyReturned):
        back(receipt, DISPUTED, clerk, manager)


def test_what_was_not_lost_is_not_won(clerk: Staff, manager: Staff) -> None:
    participant, _ = make_debtor()
    receipt = make_receipt(participant, 100_000, mode=Mode.CARD, reference="ch_1")
    won = Notice(ReturnKind.CHARGEBACK_WON, ReturnReason.DISPUTED, "CB-1")
    with pytest.raises(rules.NothingToWin):
        back(receipt, won, clerk, manager)
