"""Answer where the state's money stands: in the drawer, on its way, held, due, sent on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import ZERO, Money
from diversion.fees.remittees import queries as remittees
from diversion.fees.remittees.models import Remittee
from diversion.fund.orders.kinds import Method
from diversion.fund.remittances.models import Remittance
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import (
    STATUTORY_DUE,
    STATUTORY_HELD,
    STATUTORY_IN_TRANSIT,
    STATUTORY_UNDEPOSITED,
)
from diversion.ledger.events import Event
from diversion.ledger.movements import movements, sum_of
from diversion.staff.approvals.models import ApprovalDecision, ApprovalRequest, Matter
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Stand:
    """Where the state's money is; the first three add up to what is due."""

    drawer: Money
    transit: Money
    held: Money
    due: Money


def stand() -> Stand:
    """Return where the state's money is: four statements."""
    of = ledger.balance
    return Stand(
        of(STATUTORY_UNDEPOSITED), of(STATUTORY_IN_TRANSIT), of(STATUTORY_HELD), -of(STATUTORY_DUE)
    )


def unsent(until: date) -> Money:
    """Return what was taken until a day and has not been sent on or returned to this day."""
    taken = movements(STATUTORY_DUE, on=until)
    gone = movements(STATUTORY_DUE)
    ours = Event.STF_RECEIPT
    due = Money.total(-sum_of(found, ours) for found in taken.values())
    left = due - Money.total(
        sum_of(found, *(event for event in found if event is not ours)) for found in gone.values()
    )
    return max(left, ZERO)


def due_to(remittee_id: int) -> Money:
    return -ledger.balance(STATUTORY_DUE, remittee_id)


def dues() -> list[tuple[Remittee, Money]]:
    """Return what is due to each remittee: two statements."""
    found = remittees.all_of_them()
    net = ledger.balances(STATUTORY_DUE, [each.id for each in found])
    return [(each, -net.get(each.id, Money(0))) for each in found]


def remittance(handle: str) -> Remittance:
    """Return a paper by its handle. Raises NotYours."""
    return the_one(select(Remittance).where(Remittance.handle == handle))


def is_used(method: Method, reference: str) -> bool:
    query = select(Remittance.id).where(
        Remittance.method == method, Remittance.reference == reference,
        Remittance.entry.is_not(None),
    )  # fmt: skip
    return db.session.scalar(query.limit(1)) is not None


def listed() -> Select[*tuple[Any, ...]]:
    """Return what was asked and sent, newest first: Remittance, remittee, asker, decision."""
    about = (ApprovalRequest.matter == Matter.REMITTANCE) & (
        ApprovalRequest.subject == Remittance.handle
    )
    return (
        select(Remittance, Remittee.name, Staff.name, ApprovalDecision.decision)
        .join(Remittee, Remittee.id == Remittance.remittee_id)
        .join(Staff, Staff.id == Remittance.asked_by_id)
        .join(ApprovalRequest, about)
        .outerjoin(ApprovalDecision, ApprovalDecision.request_id == ApprovalRequest.id)
        .order_by(Remittance.id.desc())
    )
