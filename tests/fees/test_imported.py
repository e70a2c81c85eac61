"""Prove that old fees and payments come in before the books, and can be taken back."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.enrollments.imports.services import BuiltOn
from diversion.enrollments.lifecycle.services import take_over
from diversion.enrollments.models import Enrollment
from diversion.fees import imported, queries
from diversion.fees.assessments.services import assess_before_books
from diversion.fees.clearance import cleared
from diversion.fees.models import Obligation, Receipt
from diversion.fees.receipts.services import Payment
from diversion.fees.refunds import services as refunds
from diversion.fees.refunds.models import RefundReason
from diversion.fees.refunds.services import Wish
from diversion.ledger import journal
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.enrollments import make_terms
from tests.factories.fees import TODAY, make_receipt
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

OLD = date(2024, 2, 19)


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


def take_old(by: Staff) -> tuple[Participant, Enrollment, Obligation, Receipt]:
    make_terms(by)
    person = make_participant(Track.SBAD, by=by)
    enrollment = take_over(person, entered_on=OLD, by=by, on=TODAY)
    charge = assess_before_books(enrollment, Money(50_000), on=OLD, by=by, now=NOW)
    payment = Payment(Money(20_000), Mode.UNKNOWN)
    paid_on = date(2024, 12, 12)
    receipt = imported.receive_before_books(
        person, payment, key="import:a:1", on=paid_on, by=by, now=NOW
    )
    return person, enrollment, charge, receipt


def test_an_old_payment_stands_before_the_books_under_its_own_series(by: Staff) -> None:
    person, _, charge, receipt = take_old(by)
    assert (receipt.number, receipt.imported) == ("H-000001", True)
    entry = journal.entry(receipt.entry_number)
    assert entry is not None
    assert (entry.period, entry.rule, entry.on) == (0, "E41", date(2024, 12, 12))
    assert charge.due_on > OLD
    assert queries.owed_by([person.id])[person.id] == Money(30_000)


def test_what_is_still_owed_is_paid_in_the_books(by: Staff) -> None:
    person, *_ = take_old(by)
    assert make_receipt(person, 30_000).number == "M-2026-000001"
    assert cleared([person.id]) == {person.id}


def test_an_import_is_taken_back_to_nothing(by: Staff) -> None:
    person, _, charge, receipt = take_old(by)
    imported.undo_receipts([receipt.id], by=by, on=TODAY, now=NOW)
    imported.undo_obligations([charge.id], by=by, on=TODAY, now=NOW)
    assert {code: net for code, net in ledger.net_of().items() if net} == {}
    assert queries.owed_by([person.id])[person.id] == ZERO
    assert cleared([person.id]) == set()


def test_a_fee_that_was_paid_on_since_is_not_taken_back(by: Staff) -> None:
    person, _, charge, receipt = take_old(by)
    make_receipt(person, 1_000)
    imported.undo_receipts([receipt.id], by=by, on=TODAY, now=NOW)
    with pytest.raises(BuiltOn):
        imported.undo_obligations([charge.id], by=by, on=TODAY, now=NOW)


def test_an_old_payment_that_was_refunded_is_not_undone(by: Staff) -> None:
    person, _, charge, receipt = take_old(by)
    wish = Wish(Money(5_000), RefundReason.COURT_ORDER, charge)
    now = {"on": TODAY, "now": NOW}
    made = refunds.ask(person, wish, key="old-refund", by=by, **now)
    approver = make_staff(Role.FINANCE_APPROVER, name="Pia Lund").id
    refunds.carry_out(made, approved_by=approver, hold_days=10, **now)
    with pytest.raises(BuiltOn):
        imported.undo_receipts([receipt.id], by=by, **now)
