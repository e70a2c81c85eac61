"""Make a payment plan, record that it was signed, end it; a plan posts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees import queries as fees
from diversion.fees.plans import queries, rules
from diversion.fees.plans.models import EndReason, PaymentPlan, PlanEnd, PlanSignature, PlanSlice
from diversion.fees.plans.rules import Every, Slice
from diversion.ledger import services as books
from diversion.participants.models import Participant
from diversion.staff.models import Staff


class ChangedSince(Refused):
    """What is signed is what is open."""

    sentence = _("What is owed has changed since this plan was made. Make a new version.")


class NotTheLatest(Refused):
    """Only the latest version is signed, and once."""

    sentence = _("This version was signed, ended or replaced already.")


class NotInForce(Refused):
    """Only a plan that counts is ended."""

    sentence = _("This plan does not count any more.")


@dataclass(frozen=True)
class Terms:
    """How an account is to be paid."""

    count: int
    every: Every
    first_on: date


def propose(participant: Participant, terms: Terms, *, on: date) -> list[Slice]:
    """Return what a plan would say; nothing is kept. Raises NothingToPlan and others."""
    rules.check_start(terms.first_on, on)
    days = rules.due_dates(terms.first_on, terms.count, terms.every)
    return rules.split(fees.dues(participant.id), days)


def make(
    participant: Participant, terms: Terms, *, key: str, by: Staff, on: date, now: datetime
) -> PaymentPlan:
    """Make a new version over all that is open; it counts once it is signed."""
    asked = {**vars(terms), "who": participant.number}
    earlier = once.claim(key, once.request_hash("plan", asked))
    if earlier is not None:
        return queries.plan(earlier, participant.id)
    books.hold()
    slices = propose(participant, terms, on=on)
    newest = select(func.max(PaymentPlan.version)).where(
        PaymentPlan.participant_id == participant.id
    )
    made = PaymentPlan(
        participant_id=participant.id, track=participant.track,
        version=(db.session.scalar(newest) or 0) + 1,
        total=Money.total(each.amount for each in slices), made_on=on, made_at=now,
        made_by_id=by.id, slices=_rows(slices),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    once.settle(key, made.handle)
    record(Act.PLAN_MADE, f"plan:{made.handle}", f"participant:{participant.number}", by=by,
           version=made.version, instalments=terms.count)  # fmt: skip
    return made


def _rows(slices: Sequence[Slice]) -> list[PlanSlice]:
    return [
        PlanSlice(number=each.number, place=place, obligation_id=each.obligation,
                  due_on=each.due_on, amount=each.amount)
        for place, each in enumerate(slices, 1)
    ]  # fmt: skip


def sign(
    plan: PaymentPlan, *, signed_on: date, document_hash: str, by: Staff, on: date, now: datetime
) -> PlanSignature:
    """Record that the latest version was signed; from now on it counts.

    Raises NotTheLatest, NotSignedThen, ChangedSince if something was paid or changed since
    it was made.
    """
    books.hold()
    rules.check_signature(signed_on, plan.made_on, on)
    newest = queries.versions(plan.participant_id)[0]
    if newest.id != plan.id or plan.signed is not None:
        raise NotTheLatest
    planned: dict[int, int] = {}
    for each in plan.slices:
        planned[each.obligation_id] = planned.get(each.obligation_id, 0) + each.amount.cents
    if planned != {due.obligation: due.open.cents for due in fees.dues(plan.participant_id)}:
        raise ChangedSince
    plan.signed = PlanSignature(
        plan_id=plan.id, signed_on=signed_on, document_hash=document_hash, recorded_at=now,
        recorded_by_id=by.id,
    )  # fmt: skip
    db.session.flush()
    record(Act.PLAN_SIGNED, f"plan:{plan.handle}", by=by, version=plan.version)
    return plan.signed


def end(plan: PaymentPlan, reason: EndReason, *, by: Staff, on: date, now: datetime) -> PlanEnd:
    """Let a plan no longer count; it ends nothing else. Raises NotInForce."""
    books.hold()
    if plan is not queries.of_participant(plan.participant_id):
        raise NotInForce
    plan.ended = PlanEnd(
        plan_id=plan.id, reason=reason, ended_on=on, ended_at=now, ended_by_id=by.id
    )
    db.session.flush()
    record(Act.PLAN_ENDED, f"plan:{plan.handle}", by=by, reason=reason.value)
    return plan.ended
