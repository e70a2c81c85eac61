"""Charge a fee (E01): owed on one side, not yet earned on the other."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.conditions import queries as conditions
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.models import Enrollment
from diversion.fees.models import FeeOverdue, Obligation, OtherAmount
from diversion.fees.plans.queries import next_due
from diversion.fees.queries import is_assessed
from diversion.fees.schedules.models import FeeSchedule, LineKind
from diversion.fees.schedules.services import DUE_DAYS, FeesSwitchedOff, in_force
from diversion.ledger import services as books
from diversion.ledger.accounts import DEFERRED, FEES, RECEIVABLE
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.staff.models import Staff

LABEL = "Class fee"


class AlreadyAssessed(Refused):
    """A fee is charged once for an enrollment; what changes it afterwards is a step of its own."""

    sentence = _("The fee of this enrollment was charged before.")


class NoReasonGiven(Invalid):
    """Another amount than that of the terms has its reason."""

    sentence = _("Say why another amount is charged.")
    field = "reason"


class NothingToAssess(Invalid):
    """A charge is more than nothing."""

    sentence = _("The terms of this enrollment have no fee.")


def assess(
    enrollment: Enrollment,
    *,
    by: Staff,
    on: date,
    now: datetime | None = None,
    amount: Money | None = None,
    reason: OtherAmount | None = None,
) -> tuple[Obligation, ...]:
    """Charge the fee of the terms, or another amount with its reason.

    Raises FeesSwitchedOff for Community Court, AlreadyAssessed, NothingToAssess,
    NoReasonGiven, LedgerRefused.
    """
    if enrollment.track is Track.COMMUNITY_COURT:
        raise FeesSwitchedOff
    books.hold()
    first = _once(enrollment)
    if amount is not None and reason is None:
        raise NoReasonGiven
    schedule = in_force(enrollment.track, on)
    parts = _parts(schedule, enrollment.program_version.fee if amount is None else amount)
    due_on = _due_on(enrollment, schedule, on)
    made = tuple(
        _charge(enrollment, place, part, on=on, due_on=due_on, reason=reason, by=by, now=now)
        for place, part in enumerate(parts, first)
    )
    if not made:
        raise NothingToAssess
    return made


Part = tuple[str, int, int, Money]


def preview(enrollment: Enrollment | None, on: date) -> dict[str, Any]:
    """Return what would be charged on a day: the fee, its parts, and when it would be due."""
    if enrollment is None:
        return {"fee": ZERO, "parts": [], "due_on": None}
    schedule, fee = in_force(enrollment.track, on), enrollment.program_version.fee
    return {
        "fee": fee, "parts": [(part[0], part[3]) for part in _parts(schedule, fee)],
        "due_on": _due_on(enrollment, schedule, on),
    }  # fmt: skip


def _due_on(enrollment: Enrollment, schedule: FeeSchedule | None, on: date) -> date:
    """Return the day of the agreed terms; where they name none that of the schedule, else 90."""
    agreed = conditions.due_on(enrollment.id, ConditionKind.FEE)
    return agreed or on + timedelta(days=schedule.due_days if schedule else DUE_DAYS)


def _parts(schedule: FeeSchedule | None, fee: Money) -> list[Part]:
    """Return label, revenue account, earmark and amount of each part of `fee`.

    The lines of the schedule divide the fee where they add up to it; any other amount
    goes whole where the first line goes.
    """
    lines = [
        (line.label, line.revenue_account or FEES, line.earmark, line.amount)
        for line in (schedule.lines if schedule else ())
        if line.kind is LineKind.PROGRAM and line.is_on
    ]
    if lines and Money.total(part[3] for part in lines) == fee:
        return lines
    label, account, earmark = lines[0][:3] if lines else (LABEL, FEES, 0)
    return [(label, account, earmark, fee)] if fee > ZERO else []


def assess_before_books(
    enrollment: Enrollment, amount: Money, *, on: date, by: Staff, now: datetime
) -> Obligation:
    """Charge what an old file says was charged, in the period before the books.

    Raises FeesSwitchedOff, AlreadyAssessed.
    """
    if enrollment.track is Track.COMMUNITY_COURT:
        raise FeesSwitchedOff
    books.hold()
    place = _once(enrollment)
    part = (LABEL, FEES, 0, amount)
    return _charge(enrollment, place, part, on=on, due_on=on + timedelta(days=DUE_DAYS),
                   reason=OtherAmount.IMPORTED, by=by, now=now, imported=True)  # fmt: skip


def _once(enrollment: Enrollment) -> int:
    """Return the next place of a charge; what was undone does not count. Raises AlreadyAssessed."""
    if is_assessed(enrollment.id):
        raise AlreadyAssessed
    last = select(func.max(Obligation.place)).where(Obligation.enrollment_id == enrollment.id)
    return (db.session.scalar(last) or 0) + 1


def _charge(enrollment: Enrollment, place: int, part: Part, *, on: date, due_on: date,
            reason: OtherAmount | None, by: Staff, now: datetime | None,
            imported: bool = False) -> Obligation:  # fmt: skip
    label, account, earmark, amount = part
    made = Obligation(
        **enrollment.whose, place=place, label=label, revenue_account=account,
        earmark=earmark, amount=amount, other_amount=reason, assessed_on=on, due_on=due_on,
        imported=imported,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    lines = [debit(RECEIVABLE, amount, made.id), credit(DEFERRED, amount, made.id)]
    posted = books.post(
        Command(Event.ASSESS, lines, doc=made.handle), key=f"assess:{made.handle}", by=by.id,
        on=on, now=now or clock.now(), before_the_books=imported,
    )  # fmt: skip
    made.entry_number = posted.number
    db.session.flush()
    record(Act.FEE_ASSESSED, f"obligation:{made.handle}", by=by, cents=amount.cents,
           reason=reason.value if reason else "", imported=int(imported))  # fmt: skip
    return made


def note_overdue(*, on: date, now: datetime) -> int:
    """Note each obligation that is open after its due date, once; return how many are new."""
    late = [each for track in Track for each in _newly_late(track, on)]
    for each in late:
        db.session.add(FeeOverdue(obligation_id=each.id, due_on=each.due_on, noted_at=now))
        record(Act.FEE_OVERDUE_NOTED, f"obligation:{each.handle}", by=None)
    db.session.flush()
    return len(late)


def _newly_late(track: Track, on: date) -> Sequence[Obligation]:
    """Return what is open on one side after its due date and not yet noted."""
    open_items = next_due().subquery()
    query = (
        select(Obligation)
        .join(open_items, open_items.c.sub == Obligation.id)
        .outerjoin(FeeOverdue, FeeOverdue.obligation_id == Obligation.id)
        .where(Obligation.track == track, open_items.c.due_on < on)
        .where(FeeOverdue.obligation_id.is_(None))
        .order_by(Obligation.id)
    )
    return db.session.scalars(query).all()
