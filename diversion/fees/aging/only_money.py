"""Find the people of whom only money is still asked: a waiver or a plan is one step away."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.conditions import queries as conditions
from diversion.enrollments.conditions.rules import only_money_left
from diversion.enrollments.models import Enrollment
from diversion.fees.plans.models import PaymentPlan
from diversion.fees.plans.queries import in_force
from diversion.fees.queries import owed_by
from diversion.participants.models import Participant


@dataclass(frozen=True)
class OnlyMoney:
    """A person for whom everything but money is done."""

    participant_id: int
    number: str
    owed: Money
    since: date
    in_plan: bool


def only_money(within: Select[int]) -> list[OnlyMoney]:
    """Return the people of the class program, the longest waiting first: six statements."""
    query = (
        select(Enrollment.id, Enrollment.participant_id, Enrollment.entered_on, Participant.number)
        .join(Participant, Participant.id == Enrollment.participant_id)
        .where(
            Enrollment.track == Track.SBAD,
            Enrollment.state == EnrollmentState.ACTIVE,
            Enrollment.participant_id.in_(within),
        )
        .order_by(Enrollment.entered_on, Participant.number)
    )
    rows = db.session.execute(query).all()
    standing = conditions.standings([row.id for row in rows])
    left = [row for row in rows if only_money_left(standing[row.id])]
    owed = owed_by([row.participant_id for row in left])
    planned = set(
        db.session.scalars(select(PaymentPlan.participant_id).where(PaymentPlan.id.in_(in_force())))
    )
    return [
        OnlyMoney(row.participant_id, row.number, owed.get(row.participant_id, ZERO),
                  row.entered_on, row.participant_id in planned)
        for row in left
    ]  # fmt: skip
