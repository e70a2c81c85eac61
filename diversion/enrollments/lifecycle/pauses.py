"""Pause a program and go on with it; the rule of the reason says whether due dates wait."""

from collections.abc import Iterator
from datetime import date, timedelta

from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import Clock, EnrollmentState
from diversion.enrollments.conditions import queries as conditions
from diversion.enrollments.conditions.due_days import move
from diversion.enrollments.conditions.services import follow
from diversion.enrollments.lifecycle import queries
from diversion.enrollments.lifecycle.clocks import Moved, days_lost, moved
from diversion.enrollments.lifecycle.models import Pause
from diversion.enrollments.models import Enrollment
from diversion.enrollments.services import step
from diversion.enrollments.terms.lists import PAUSE_REASONS, listed
from diversion.staff.models import Staff


class NotPaused(Refused):
    """Only what stands still goes on."""

    sentence = _("The program is not paused for this person.")


class BeforeIt(Invalid):
    """A pause ends on the day it began or later, and not in the future."""

    sentence = _("Choose a day from the start of the pause until today.")
    field = "on"


class BeforeItBegan(Invalid):
    """No day is lost twice, and none before the program began."""

    sentence = _("Choose a day on which the program ran: after its beginning and the last pause.")
    field = "on"


def suspend(enrollment: Enrollment, *, reason: str, by: Staff, on: date) -> Pause:
    """Pause; `reason` is a word of the county's list, whose clock rule is kept with it.

    Raises BeforeItBegan, WrongState.
    """
    ended = [each.ended_on for each in queries.pauses(enrollment.id)]
    if any(day and on < day for day in [enrollment.active_on, *ended]):
        raise BeforeItBegan
    rules = {each.word: each.maps_to for each in listed(PAUSE_REASONS, enrollment.track, on)}
    step(enrollment, EnrollmentState.SUSPENDED, reason=reason, by=by, on=on)
    made = Pause(
        **enrollment.whose, reason=reason, clock=Clock(rules.get(reason) or Clock.RUNS),
        began_on=on, recorded_at=clock.now(), recorded_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def would_move(enrollment: Enrollment, *, on: date) -> list[Moved]:
    """Return what becomes of every open day if the pause ends on `on`. Raises NotPaused."""
    pause = _open(enrollment)
    return moved(_open_days(enrollment), days_lost(pause.clock, pause.began_on, on))


def resume(enrollment: Enrollment, *, by: Staff, on: date) -> int:
    """Go on, move the due dates by the rule, and return by how many days.

    Raises NotPaused, BeforeIt.
    """
    pause = _open(enrollment)
    if on < pause.began_on:
        raise BeforeIt
    step(enrollment, EnrollmentState.ACTIVE, reason="resumed", by=by, on=on)
    lost = end_pause(enrollment, pause, by=by, on=on)
    follow(enrollment, by=by, on=on)
    return lost


def end_pause(enrollment: Enrollment, pause: Pause, *, by: Staff, on: date) -> int:
    """Let everything that is still to be done be due later by the rule; return the days."""
    lost = days_lost(pause.clock, pause.began_on, on)
    later = timedelta(days=lost)
    ids = {each.handle: each.id for each in conditions.conditions(enrollment.id)}
    for each in conditions.explain(enrollment):
        if lost and not each.met and each.due_on is not None:
            move(ids[each.handle], pause.id, each.due_on + later, by=by)
    if enrollment.monitored_until_on is not None:
        enrollment.monitored_until_on += later
    pause.ended_on, pause.moved, pause.ended_by = on, lost, by.id
    db.session.flush()
    return lost


def _open(enrollment: Enrollment) -> Pause:
    found = queries.open_pause(enrollment.id)
    if found is None:
        raise NotPaused
    return found


def _open_days(enrollment: Enrollment) -> Iterator[tuple[Sentence | str, date]]:
    for each in conditions.explain(enrollment):
        if not each.met and each.due_on is not None:
            yield each.label, each.due_on
    if enrollment.monitored_until_on is not None:
        yield _("End of the waiting period"), enrollment.monitored_until_on
