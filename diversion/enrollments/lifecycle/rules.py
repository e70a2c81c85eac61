"""Say to which state an exit leads and when a program may be called complete."""

from collections.abc import Sequence
from datetime import date

from diversion.core.errors import Refused
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import EnrollmentState, ExitCode
from diversion.enrollments.conditions.rules import Standing, still_missing

ENDS_IN: dict[ExitCode, EnrollmentState] = {
    ExitCode.COMPLETED: EnrollmentState.COMPLETED,
    ExitCode.ABSCONDED: EnrollmentState.TERMINATED,
    ExitCode.ADVERSE_TERMINATION: EnrollmentState.TERMINATED,
    ExitCode.OPTED_OUT: EnrollmentState.WITHDRAWN,
    ExitCode.MOVED: EnrollmentState.CLOSED_NEUTRAL,
    ExitCode.PROGRAM_TRANSFER: EnrollmentState.TRANSFERRED,
    ExitCode.IN_CUSTODY: EnrollmentState.CLOSED_NEUTRAL,
    ExitCode.DECEASED: EnrollmentState.CLOSED_NEUTRAL,
    ExitCode.DISMISSED_OTHERWISE: EnrollmentState.CLOSED_NEUTRAL,
    ExitCode.PROGRAM_ERROR: EnrollmentState.CLOSED_NEUTRAL,
}


READY = frozenset({EnrollmentState.REQUIREMENTS_MET, EnrollmentState.MONITORING})


class NotReady(Refused):
    """No completion while a condition is open and not excused."""

    sentence = _("Not yet: something is still missing.")
    field = "result"
    on_file = True


NOT_UNDER_WAY = {
    EnrollmentState.PENDING: _("Not yet: the agreement is not signed."),
    EnrollmentState.SUSPENDED: _("Not now: the program is paused for this person."),
}


class StillMonitored(Refused):
    """No completion before the arrest-free period is over."""

    sentence = _("Not yet: the period without arrest is not over.")


def check_complete(
    state: EnrollmentState,
    monitored_until_on: date | None,
    on: date,
    standings: Sequence[Standing] = (),
) -> None:
    """Raises NotReady while something is missing, StillMonitored before the period is over."""
    if state not in READY:
        raise NotReady(_why_not(state, still_missing(standings)))
    if monitored_until_on is not None and on < monitored_until_on:
        raise StillMonitored


def _why_not(state: EnrollmentState, missing: Sequence[Standing]) -> Sentence:
    """Say what is in the way: the requirements with how much of each, else the state."""
    if state in NOT_UNDER_WAY:
        return NOT_UNDER_WAY[state]
    if not missing:
        return _("The program has ended for this person, or is about to.")
    what = "; ".join(
        f"{each.label} ({each.missing} of {each.wanted})" if each.wanted > 1 else each.label
        for each in missing
    )
    return _("Not yet. Still missing: {what}.", what=what)
