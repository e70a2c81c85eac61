"""Say to which state an exit leads and when a program may be called complete."""

from datetime import date

from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.codes import EnrollmentState, ExitCode

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


class NotReady(Refused):
    """No completion while a condition is open and not excused."""

    sentence = _("Not yet: something is still missing.")


class StillMonitored(Refused):
    """No completion before the arrest-free period is over."""

    sentence = _("Not yet: the period without arrest is not over.")


def check_complete(state: EnrollmentState, monitored_until_on: date | None, on: date) -> None:
    """Raises NotReady while something is missing, StillMonitored before the period is over."""
    if state not in {EnrollmentState.REQUIREMENTS_MET, EnrollmentState.MONITORING}:
        raise NotReady
    if monitored_until_on is not None and on < monitored_until_on:
        raise StillMonitored
