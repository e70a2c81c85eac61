"""Find plans and what of them is unpaid; the amounts are the ledger's."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import ZERO, Money
from diversion.fees import queries as fees
from diversion.fees.due_days import due_day
from diversion.fees.models import Obligation
from diversion.fees.plans.models import PaymentPlan, PlanEnd, PlanSignature, PlanSlice
from diversion.fees.plans.rules import Slice, unpaid
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import RECEIVABLE


def plan(handle: str, participant_id: int) -> PaymentPlan:
    """Return a plan of one person. Raises NotYours."""
    query = select(PaymentPlan).where(
        PaymentPlan.handle == handle, PaymentPlan.participant_id == participant_id
    )
    return the_one(query)


def versions(participant_id: int) -> Sequence[PaymentPlan]:
    """Return all versions of a person's plan, newest first."""
    query = select(PaymentPlan).where(PaymentPlan.participant_id == participant_id)
    return db.session.scalars(query.order_by(PaymentPlan.version.desc())).all()


@dataclass(frozen=True)
class AsOf:
    """A day that plans are asked about, and until when the office knew of them."""

    on: date
    known_at: datetime | None = None


def in_force(
    participant_ids: Select[int] | Collection[int] | None = None, as_of: AsOf | None = None
) -> Select[int]:
    """Return the ids of the plans that count: of each person the latest signed, unless ended."""
    latest = (
        select(func.max(PaymentPlan.id))
        .join(PlanSignature, PlanSignature.plan_id == PaymentPlan.id)
        .group_by(PaymentPlan.participant_id)
    )
    if participant_ids is not None:
        latest = latest.where(PaymentPlan.participant_id.in_(participant_ids))
    ended = select(PlanEnd.plan_id)
    if as_of is not None:
        latest = latest.where(PlanSignature.signed_on <= as_of.on)
        ended = ended.where(PlanEnd.ended_on <= as_of.on)
    if as_of is not None and as_of.known_at is not None:
        latest = latest.where(PlanSignature.recorded_at <= as_of.known_at)
        ended = ended.where(PlanEnd.ended_at <= as_of.known_at)
    return select(PaymentPlan.id).where(
        PaymentPlan.id.in_(latest), PaymentPlan.id.not_in(ended)
    )  # fmt: skip


def of_participant(participant_id: int) -> PaymentPlan | None:
    """Return the plan that counts for a person."""
    query = select(PaymentPlan).where(PaymentPlan.id.in_(in_force([participant_id])))
    return db.session.scalars(query).one_or_none()


def slices(
    obligations: Collection[int] | None = None, as_of: AsOf | None = None
) -> dict[int, list[Slice]]:
    """Return, by obligation, what the plans that count say about it: one statement."""
    query = select(
        PlanSlice.obligation_id, PlanSlice.number, PlanSlice.due_on, PlanSlice.amount
    ).where(PlanSlice.plan_id.in_(in_force(as_of=as_of)))
    if obligations is not None:
        query = query.where(PlanSlice.obligation_id.in_(obligations))
    found: dict[int, list[Slice]] = defaultdict(list)
    for obligation, number, due_on, amount in db.session.execute(query.order_by(PlanSlice.place)):
        found[obligation].append(Slice(number, obligation, due_on, amount))
    return found


def next_due() -> Select[int, int, date]:
    """Return a query of the open charges for others to join: sub, cents, due_on.

    `due_on` is the day of the oldest instalment that is not paid where a plan counts,
    else the day the charge itself is due; so is what is open beyond the plan.
    """
    items = ledger.open_items(RECEIVABLE).subquery()
    amount, one = func.sum(PlanSlice.amount), PlanSlice.obligation_id
    slices_ = (
        select(
            PlanSlice.obligation_id, PlanSlice.due_on,
            amount.over(partition_by=one, order_by=PlanSlice.place).label("up_to"),
            amount.over(partition_by=one).label("planned"),
        )
        .where(PlanSlice.plan_id.in_(in_force()))
        .subquery()
    )  # fmt: skip
    unpaid_ = (
        select(slices_.c.obligation_id, func.min(slices_.c.due_on).label("due_on"))
        .join(items, items.c.sub == slices_.c.obligation_id)
        .where(slices_.c.up_to + items.c.cents > slices_.c.planned)
        .where(items.c.cents <= slices_.c.planned)
        .group_by(slices_.c.obligation_id)
        .subquery()
    )
    due_on = func.coalesce(unpaid_.c.due_on, due_day()).label("due_on")
    return (
        select(items.c.sub, items.c.cents, due_on)
        .join(Obligation, Obligation.id == items.c.sub)
        .outerjoin(unpaid_, unpaid_.c.obligation_id == items.c.sub)
    )


def unpaid_of(participant_id: int) -> list[tuple[date, Money]]:
    """Return what a person owes by the day it is due, instalments where a plan counts."""
    return by_day([(due.obligation, due.due_on, due.open) for due in fees.dues(participant_id)])


def by_day(
    owed: Collection[tuple[int, date, Money]], as_of: AsOf | None = None
) -> list[tuple[date, Money]]:
    """Return what is open of obligations by the day it is due; each with its own day."""
    planned = slices([obligation for obligation, _day, _open in owed], as_of=as_of)
    sums: dict[date, Money] = {}
    for obligation, day, open_ in owed:
        for due_on, amount in unpaid(open_, day, planned.get(obligation, [])):
            sums[due_on] = sums.get(due_on, ZERO) + amount
    return sorted(sums.items())
