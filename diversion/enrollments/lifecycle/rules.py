"""Say to which state an exit leads and when a program may be called complete."""

from collections.abc import Iterable, Sequence
from datetime import date

from diversion.core.errors import Refused
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import ConditionKind, EnrollmentState, ExitCode
from diversion.enrollments.conditions.rules import MONEY, Standing, still_missing
from diversion.staff.models import Staff
from diversion.staff.permissions import Role

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


class NotADeputy(Refused):
    """Only a deputy DA signs off a completion or ends a diversion."""

    sentence = _("A deputy DA has to sign this.")


class NotForMoney(Refused):
    """Money owed alone ends no diversion."""

    sentence = _("Nobody leaves the program for money alone.")
    field = "grounds"


class NoGrounds(Refused):
    """Grounds are something the agreement asks and that is not done."""

    sentence = _("This was done, or the agreement does not ask it.")
    field = "grounds"


# Broken by something that happened, not by something left undone.
KEPT = frozenset({ConditionKind.NO_NEW_ARREST, ConditionKind.NO_CONTACT})


def grounds(standings: Iterable[Standing]) -> list[ConditionKind]:
    """Return for what a diversion may be ended: what was broken or left undone, never money."""
    undone = [each.kind for each in standings if not each.met and each.kind not in MONEY]
    return list(dict.fromkeys([*undone, ConditionKind.NO_NEW_ARREST]))


def check_grounds(wanted: ConditionKind, standings: Sequence[Standing]) -> None:
    """Raises NotForMoney, NoGrounds."""
    if wanted in MONEY:
        raise NotForMoney
    if wanted not in {*grounds(standings), *KEPT}:
        raise NoGrounds


def check_deputy(by: Staff) -> None:
    """Raises NotADeputy."""
    if Role.DEPUTY_DA not in by.roles:
        raise NotADeputy


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
