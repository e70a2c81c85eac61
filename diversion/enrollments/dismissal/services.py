"""Look at the record, sign off, dismiss, and follow the setting aside to its end."""

from datetime import date, timedelta
from enum import StrEnum

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import LegalBasis, RecordResult
from diversion.enrollments.dismissal import queries, rules
from diversion.enrollments.dismissal.models import RecordCheck, SetAside, StatuteClock
from diversion.enrollments.lifecycle.rules import READY, check_deputy
from diversion.enrollments.lifecycle.services import complete
from diversion.enrollments.lifecycle.services import dismiss as write_down
from diversion.enrollments.models import Enrollment, WrongState
from diversion.staff.models import Staff


class NotInTurn(Refused):
    """A record is filed, then ordered, then confirmed, each once."""

    sentence = _("This step has its turn later, or was written down already.")


class TooEarly(Invalid):
    """What follows comes on the same day or later."""

    sentence = _("This day lies before what had to come first.")
    field = "on"


class Sealing(StrEnum):
    """The steps of setting a record aside."""

    FILED = "filed"
    ORDERED = "ordered"
    CONFIRMED = "confirmed"


def look(enrollment: Enrollment, result: RecordResult, *, by: Staff, on: date) -> RecordCheck:
    """Write down what a look for a new arrest said, as a code. Raises WrongState."""
    if enrollment.state not in READY:
        raise WrongState
    made = RecordCheck(
        **enrollment.whose, result=result, checked_on=on, recorded_at=clock.now(),
        recorded_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    about = f"enrollment:{enrollment.handle}"
    record(Act.RECORD_CHECKED, about, by=by, track=enrollment.track, result=result.value)
    return made


def sign_off(enrollment: Enrollment, *, by: Staff, on: date) -> None:
    """Complete as a deputy DA.

    Raises NotADeputy, NotReady, StillMonitored, NotChecked, NotClear, TooEarly.
    """
    check_deputy(by)
    if enrollment.state in READY:
        latest = next(iter(queries.record_checks(enrollment.id)), None)
        rules.check_record(
            latest.result if latest else None, latest.checked_on if latest else None,
            enrollment.monitored_until_on,
        )  # fmt: skip
        if latest and on < latest.checked_on:
            raise TooEarly
    complete(enrollment, signed_off_by=by, by=by, on=on)


def dismiss(enrollment: Enrollment, *, by: Staff, on: date) -> SetAside | None:
    """Write down the court's dismissal, and when the record can be set aside where a clock is set.

    Raises WrongState, TooEarly.
    """
    if enrollment.closed_on is not None and on < enrollment.closed_on:
        raise TooEarly
    write_down(enrollment, by=by, on=on)
    return _date(enrollment, on)


def _date(enrollment: Enrollment, on: date) -> SetAside | None:
    """Say from when a record dismissed on a day can be set aside, if counsel has said so."""
    rule = queries.clock_of(enrollment.track, enrollment.legal_basis, on)
    if rule is None:
        return None
    made = SetAside(
        **enrollment.whose, eligible_on=on + timedelta(days=rule.days), citation=rule.citation
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def follow_sealing(made: SetAside, what: Sealing, *, by: Staff, on: date) -> None:
    """Write down the next step of the setting aside. Raises NotInTurn, TooEarly."""
    db.session.refresh(made, with_for_update=True)
    done = [(each, getattr(made, f"{each}_on")) for each in Sealing]
    turn = next((each for each, day in done if day is None), None)
    if what is not turn:
        raise NotInTurn
    earlier = [day for _each, day in done if day is not None] or [made.eligible_on]
    if on < earlier[-1]:
        raise TooEarly
    setattr(made, f"{what}_on", on)
    setattr(made, f"{what}_by", by.id)
    db.session.flush()
    enrollment = db.session.get_one(Enrollment, made.enrollment_id)
    about = f"enrollment:{enrollment.handle}"
    record(Act.SET_ASIDE_NOTED, about, by=by, track=made.track, step=what.value)


def set_clock(
    track: Track, basis: LegalBasis, *, days: int, citation: str, in_force_on: date, by: Staff
) -> StatuteClock:
    """Keep from when a case of a legal basis can be set aside, as counsel says.

    What was dismissed before counsel said anything gets its date now; no date changes.
    """
    made = StatuteClock(
        track=track, legal_basis=basis, days=days, citation=citation, in_force_on=in_force_on,
        set_at=clock.now(), set_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    for enrollment, dismissed_on in queries.without_date(track, basis):
        _date(enrollment, dismissed_on)
    record(Act.STATUTE_CLOCK_SET, f"statute_clock:{made.id}", by=by, track=track, days=days)
    return made
