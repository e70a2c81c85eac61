"""Bring the fictional county what somebody had paid before these books were begun."""

from datetime import time, timedelta

from diversion.cli.rehearsal import names, people
from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees.assessments.services import assess_before_books
from diversion.fees.imported import receive_before_books
from diversion.fees.receipts.services import Payment
from diversion.ledger.commands import Mode
from diversion.partners.agencies.models import Organization
from diversion.staff.models import Staff

EVENING = time(18)
EARLIER = timedelta(days=40)
FEE, PAID = Money(50_000), (Money(20_000), Money(15_000))
PLACE = 3  # among the names


def plan_old_receipts(stage: Stage, *, agency: Organization, by: Staff) -> None:
    """Take over two old receipts yesterday; nobody has said yet that the bank has them."""
    on = stage.today - timedelta(days=1)
    stage.add(on, EVENING, lambda: _take_over(stage, agency, by))


def _take_over(stage: Stage, agency: Organization, by: Staff) -> None:
    on, paid_on, now = stage.today - timedelta(days=1), stage.first_day - EARLIER, clock.now()
    first = names.ATTENDEES[PLACE]
    newcomer = people.refer(stage, Track.SBAD, first, PLACE, agency=agency, by=by, on=on)
    people.decide(newcomer, by=by, on=on)
    enrollment = people.enroll(newcomer, by=by, on=on)
    assess_before_books(enrollment, FEE, on=paid_on, by=by, now=now)
    for number, amount in enumerate(PAID):
        receive_before_books(
            newcomer.participant, Payment(amount, Mode.CHECK, str(2201 + number)),
            key=f"before:{number}", on=paid_on + timedelta(days=number), by=by, now=now,
        )  # fmt: skip
