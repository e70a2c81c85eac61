"""Say which outcomes a setting may have and what each of them needs."""

from dataclasses import dataclass
from datetime import date

from diversion.community_court.appearances.models import Presence, Reason, Response, Result
from diversion.community_court.dockets.models import Docket
from diversion.core.errors import Refused
from diversion.core.words import _

NEEDS_DATE = frozenset({Result.CONTINUED, Result.NEW_TERMS})
MAY_HAVE_DATE = NEEDS_DATE | {Result.NOT_HERE, Result.NOT_REACHED}
ENDS_PROGRAM = frozenset({Result.COMPLETED, Result.DISMISSED})
ABSENT = frozenset({Presence.ABSENT_EXCUSED, Presence.ABSENT_UNEXCUSED})
CAME = frozenset(Presence) - ABSENT


class OffTheDocket(Refused):
    """What was taken off the docket has no outcome."""

    sentence = _("This person was taken off the docket.")


class NotYet(Refused):
    """An outcome is written down on the day of the docket or after."""

    sentence = _("This docket is still to come.")


class SomeoneWasFaster(Refused):
    """A row that someone else recorded meanwhile is corrected knowingly or not at all."""

    sentence = _("Someone else recorded this row meanwhile. Yours is still here: compare both.")


class DateNeeded(Refused):
    """Whoever goes on has a next date before they leave."""

    sentence = _("Choose the next date.")
    field = "next_on"


class DateNotNeeded(Refused):
    """Whoever is done has no next date."""

    sentence = _("This outcome has no next date.")
    field = "next_on"


class NotAfter(Refused):
    """The next date lies after the docket."""

    sentence = _("The next date has to be after this docket.")
    field = "next_on"


class WasHere(Refused):
    """Someone who is marked absent did not appear, and the reverse."""

    sentence = _("The outcome and how they appeared do not fit together.")
    field = "presence"


class NothingToTakeBack(Refused):
    """Only what was recorded can be taken back."""

    sentence = _("Nothing is recorded here.")


@dataclass(frozen=True)
class Said:
    """What the court said about one person."""

    result: Result
    presence: Presence | None = None
    next_docket: Docket | None = None
    reason: Reason | None = None
    response: Response | None = None


def check_moment(*, is_vacated: bool, held_on: date, today: date, standing: str, seen: str) -> None:
    """Ask whether this row may be written now.

    `standing` is the handle of the outcome that holds, `seen` the one that the writer
    saw; both are empty where there is none. Raises OffTheDocket, NotYet, SomeoneWasFaster.
    """
    if is_vacated:
        raise OffTheDocket
    if held_on > today:
        raise NotYet
    if standing != seen:
        raise SomeoneWasFaster


def check_said(said: Said, held_on: date) -> None:
    """Ask whether outcome, appearance and next date fit.

    Raises DateNeeded, DateNotNeeded, NotAfter, WasHere.
    """
    following = said.next_docket
    if following is None and said.result in NEEDS_DATE:
        raise DateNeeded
    if following is not None:
        if said.result not in MAY_HAVE_DATE:
            raise DateNotNeeded
        if following.held_on <= held_on:
            raise NotAfter
    if (said.presence in ABSENT) != (said.result is Result.NOT_HERE) and said.presence is not None:
        raise WasHere
