"""Put fee schedules in force, and say which one counts on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees.schedules.models import (
    Destination,
    FeeLine,
    FeeSchedule,
    LineKind,
    Office,
    Overpayment,
)
from diversion.ledger.accounts import FEES
from diversion.ledger.unusual import is_statutory_on
from diversion.staff.models import Staff

DUE_DAYS = 90
AHEAD = timedelta(days=731)


class FeesSwitchedOff(Refused):
    """Survivors are charged nothing while the county has not decided otherwise."""

    sentence = _("Nobody in Community Court is charged a fee.")


class InThePast(Refused):
    """What was charged is not changed afterwards."""

    sentence = _("A schedule begins today at the earliest.")
    field = "in_force_on"


class NotYet(Refused):
    """A schedule of a mistyped year could never be taken away again."""

    sentence = _("A schedule begins within two years. Look at the year again.")
    field = "in_force_on"


class DayTaken(Refused):
    """A schedule is replaced by one of another day, never edited."""

    sentence = _("There is a schedule from this day on already. Choose another day.")
    field = "in_force_on"


class NotTakenHere(Refused):
    """Before the state's fee comes to our counter, its accounts are switched on."""

    sentence = _("Switch on the accounts of the state's fee first, under Fund, Accounts.")
    field = "office"


@dataclass(frozen=True)
class Part:
    """A line of a schedule before it is kept.

    `noted` switches on the line of the state, `office` says who collects that.
    """

    label: str
    amount: Money
    kind: LineKind = LineKind.PROGRAM
    earmark: int = 0
    is_on: bool = True
    noted: bool = False
    office: Office = Office.COURT_CLERK

    @property
    def is_taken_here(self) -> bool:
        """Say whether the state's fee comes to this office's counter."""
        of_state = self.kind is LineKind.STATUTORY and self.noted
        return of_state and self.office is Office.PROGRAM_OFFICE


def put_in_force(
    track: Track,
    parts: Sequence[Part],
    *,
    by: Staff,
    on: date,
    due_days: int = DUE_DAYS,
    overpayment: Overpayment = Overpayment.CREDIT,
) -> FeeSchedule:
    """Let these lines be charged from `on`.

    Raises FeesSwitchedOff for Community Court, NotTakenHere.
    """
    if track is Track.COMMUNITY_COURT:
        raise FeesSwitchedOff
    if any(part.is_taken_here for part in parts) and not is_statutory_on():
        raise NotTakenHere
    made = FeeSchedule(track=track, in_force_on=on, due_days=due_days, overpayment=overpayment)
    made.lines = [_line(place, part) for place, part in enumerate(parts, 1)]
    db.session.add(made)
    db.session.flush()
    record(Act.FEE_SCHEDULE_MADE, f"fee_schedule:{made.handle}", by=by, lines=len(parts))
    return made


def replace(
    track: Track, parts: Sequence[Part], *, due_days: int, overpayment: Overpayment, key: str,
    by: Staff, on: date, today: date,
) -> FeeSchedule:  # fmt: skip
    """Let new lines be charged from a day to come; the key counts once.

    Raises InThePast, NotYet, DayTaken, FeesSwitchedOff, NotTakenHere.
    """
    asked = {"track": track, "parts": list(parts), "days": due_days, "over": overpayment, "on": on}
    earlier = once.claim(key, once.request_hash("fee_schedule", asked))
    if earlier is not None:
        return db.session.scalars(select(FeeSchedule).where(FeeSchedule.handle == earlier)).one()
    if on < today:
        raise InThePast
    if on > today + AHEAD:
        raise NotYet
    same_day = select(FeeSchedule.id).where(
        FeeSchedule.track == track, FeeSchedule.in_force_on == on
    )
    if db.session.scalar(same_day) is not None:
        raise DayTaken
    made = put_in_force(
        track, parts, by=by, on=on, due_days=due_days, overpayment=overpayment
    )  # fmt: skip
    once.settle(key, made.handle)
    return made


def in_force(track: Track, on: date) -> FeeSchedule | None:
    """Return the schedule that counts on a day, or None if the county has none yet."""
    query = (
        select(FeeSchedule)
        .where(FeeSchedule.track == track, FeeSchedule.in_force_on <= on)
        .order_by(FeeSchedule.in_force_on.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def _line(place: int, part: Part) -> FeeLine:
    of_state = part.kind is LineKind.STATUTORY
    return FeeLine(
        place=place, label=part.label, kind=part.kind, amount=part.amount, earmark=part.earmark,
        destination=Destination.STATUTORY if of_state else Destination.ACCOUNT,
        revenue_account=None if of_state else FEES,
        office=part.office if of_state else Office.PROGRAM_OFFICE,
        is_on=part.noted if of_state else part.is_on,
    )  # fmt: skip
