"""Make people who owe something."""

from datetime import date, datetime
from itertools import count
from typing import Any

from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.fees.assessments.services import assess
from diversion.fees.models import Obligation, Receipt
from diversion.fees.plans import services as plans
from diversion.fees.plans.models import PaymentPlan
from diversion.fees.plans.rules import Every
from diversion.fees.receipts.services import Payment, take
from diversion.fees.schedules.services import Part, put_in_force
from diversion.ledger import services as books
from diversion.ledger.accounts import DEFERRED, RECEIVABLE
from diversion.ledger.commands import Command, Mode, credit, debit
from diversion.ledger.earmarks import add
from diversion.ledger.events import Event
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.enrollments import make_enrollment
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

TODAY = date(2026, 11, 21)
_keys = count(1)


def make_debtor(
    by: Staff | None = None, on: date = TODAY, **person: Any
) -> tuple[Participant, Enrollment]:
    """Enroll someone in the class program and charge the fee of $1,000."""
    by = by or make_staff(Role.SBAD_COORDINATOR)
    participant = make_participant(Track.SBAD, by=by, **person)
    enrollment = make_enrollment(participant, by, on)
    assess(enrollment, by=by, on=on, now=NOW)
    return participant, enrollment


def make_marked_debtor(by: Staff | None = None) -> tuple[Participant, int]:
    """Charge the fee by a schedule that binds it to a purpose; return that too."""
    by = by or make_staff(Role.SBAD_COORDINATOR)
    purpose = add("Survivor services")
    line = Part("Class fee", Money(100_000), earmark=purpose)
    put_in_force(Track.SBAD, [line], by=by, on=TODAY)
    return make_debtor(by)[0], purpose


def make_receipt(
    participant: Participant, cents: int, *, by: Staff | None = None, mode: Mode = Mode.CASH,
    reference: str = "", on: date = TODAY, now: datetime = NOW,
) -> Receipt:  # fmt: skip
    """Take a payment under a key of its own."""
    by = by or make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")
    payment = Payment(Money(cents), mode, reference)
    key = f"test-{next(_keys)}"
    return take(participant, payment, key=key, by=by, on=on, now=now).made


def make_plan(
    participant: Participant, instalments: int, *, by: Staff, on: date = TODAY, now: datetime = NOW
) -> PaymentPlan:
    """Sign a plan by the month that starts on its day."""
    terms = plans.Terms(instalments, Every.MONTH, on)
    made = plans.make(participant, terms, key=f"test-{next(_keys)}", by=by, on=on, now=now)
    plans.sign(made, signed_on=on, document_hash="", by=by, on=on, now=now)
    return made


def change_fee(obligation: Obligation, cents: int, *, by: Staff, approved_by: Staff) -> None:
    """Post a reduction that no request stands behind, as no page ever does."""
    lines = [debit(DEFERRED, Money(cents), obligation.id),
             credit(RECEIVABLE, Money(cents), obligation.id)]  # fmt: skip
    books.post(
        Command(Event.REDUCE, lines, doc="nowhere"), key=f"test-{next(_keys)}", by=by.id,
        approved_by=approved_by.id, on=TODAY, now=NOW,
    )  # fmt: skip
