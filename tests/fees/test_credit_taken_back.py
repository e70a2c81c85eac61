"""A payment taken back leaves no cash in a purpose that its credit no longer serves."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.models import Enrollment
from diversion.fees import queries as fees
from diversion.fees.applied import queries as applied
from diversion.fees.applied import services as credits
from diversion.fees.codes import Change
from diversion.fees.models import Obligation, Receipt
from diversion.fees.returned import services as returned
from diversion.fees.verify import findings
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.accounts import TREASURY
from diversion.ledger.commands import Command, Line, Mode
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_marked_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees.test_returned import BOUNCED, DISPUTED
from tests.fees.test_waivers import approve, ask


@pytest.fixture
def clerk(session: Session) -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


@pytest.fixture
def person(clerk: Staff) -> Participant:
    """Owe $1,000 for a purpose of its own."""
    return make_marked_debtor(clerk)[0]


def overpay(person: Participant, reference: str = "1021", mode: Mode = Mode.CHECK) -> Receipt:
    return make_receipt(person, 130_000, mode=mode, reference=reference)


def owe_more(person: Participant, clerk: Staff, manager: Staff) -> None:
    approve(ask(person, clerk, Change.RAISE, 30_000), manager)


def apply(person: Participant, clerk: Staff) -> None:
    key, seen = f"credit-{ledger.head().number}", credits.standing(person.id)
    credits.apply(person, seen=seen, key=key, by=clerk, on=TODAY, now=NOW)


def take_back(receipt: Receipt, clerk: Staff, manager: Staff) -> None:
    notice = DISPUTED if receipt.mode is Mode.CARD else BOUNCED
    returned.return_item(
        receipt.number, notice, by=clerk, approved_by=manager.id, on=TODAY, now=NOW
    )


def cash(person: Participant) -> tuple[Money, Money]:
    """Return general cash and that of the fee's purpose."""
    mark = db.session.scalar(
        select(Obligation.earmark).where(Obligation.participant_id == person.id)
    )
    return ledger.balance(TREASURY, 0, 0), ledger.balance(TREASURY, 0, mark)


@pytest.mark.parametrize("confirmed_first", [True, False])
@pytest.mark.parametrize("mode", [Mode.CHECK, Mode.CARD])
def test_no_cash_stays_in_a_purpose_when_its_payment_is_taken_back(
    person: Participant, clerk: Staff, manager: Staff, mode: Mode, confirmed_first: bool
) -> None:
    receipt = overpay(person, mode=mode)
    owe_more(person, clerk, manager)
    if confirmed_first:
        bring_to_bank(receipt)
    apply(person, clerk)
    if not confirmed_first:
        bring_to_bank(receipt)
    assert cash(person) == (ZERO, Money(130_000))
    take_back(receipt, clerk, manager)
    assert cash(person) == (ZERO, ZERO)
    assert (fees.credit_of(person.id), ledger.balance(4010)) == (ZERO, ZERO)
    assert fees.owed_by([person.id])[person.id] == Money(130_000)
    assert applied.left_on_receipts(person.id) == []
    assert findings() == []


def test_what_this_payment_was_applied_to_is_freed_before_another_credit(
    person: Participant, clerk: Staff, manager: Staff
) -> None:
    receipt = overpay(person)
    owe_more(person, clerk, manager)
    apply(person, clerk)
    bring_to_bank(receipt)
    other = make_receipt(person, 30_000, mode=Mode.CHECK, reference="2044")
    take_back(receipt, clerk, manager)
    assert (cash(person), fees.credit_of(person.id)) == ((ZERO, ZERO), Money(30_000))
    assert [each.receipt for each in applied.left_on_receipts(person.id)] == [other.id]


@pytest.mark.parametrize("general", [110_000, 109_999])
def test_what_the_purpose_has_spent_comes_from_general_money_or_not_at_all(
    person: Participant, clerk: Staff, manager: Staff, general: int
) -> None:
    receipt = overpay(person)
    owe_more(person, clerk, manager)
    bring_to_bank(receipt)
    apply(person, clerk)
    mark = db.session.scalar(
        select(Obligation.earmark).where(Obligation.participant_id == person.id)
    )
    spent = [Line(5040, 110_000, 0, mark or 0), Line(TREASURY, -110_000, 0, mark or 0)]
    gift = [Line(TREASURY, general), Line(4300, -general)]
    for event, lines in ((Event.BANK_CHARGE, spent), (Event.DONATION_DIRECT, gift)):
        books.post(Command(event, lines), key=event, by=clerk.id, on=TODAY, now=NOW)
    if general < 110_000:
        with pytest.raises(LedgerRefused):
            take_back(receipt, clerk, manager)
        return
    take_back(receipt, clerk, manager)
    assert cash(person) == (ZERO, ZERO)


def test_a_fee_that_a_freed_credit_had_settled_is_missing_again_among_the_requirements(
    session: Session, clerk: Staff, manager: Staff
) -> None:
    person, enrollment = make_debtor(clerk)
    make_receipt(person, 100_000)
    spare = make_receipt(person, 30_000, mode=Mode.CHECK, reference="1021")
    owe_more(person, clerk, manager)
    apply(person, clerk)
    bring_to_bank(spare)
    assert met(enrollment)
    take_back(spare, clerk, manager)
    assert not met(enrollment)


def met(enrollment: Enrollment) -> bool:
    return next(s for s in explain(enrollment) if s.kind is ConditionKind.FEE).met
