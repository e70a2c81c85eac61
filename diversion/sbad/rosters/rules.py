"""Say who gets a seat in a class, how it begins, and whose turn it is on the waiting list."""

from collections.abc import Sequence
from dataclasses import dataclass

from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import EnrollmentState
from diversion.sbad.classes.rules import OVER, TAKES_PEOPLE, ClassIsOver, ClassState
from diversion.sbad.rosters.models import SEATED, RegistrationState

BEFORE_THE_CLASS = frozenset({EnrollmentState.PENDING, EnrollmentState.ACTIVE})


class ClassIsFull(Refused):
    """A class has as many seats as it has."""

    sentence = _("The class is full. Put the people on the waiting list, or choose another class.")
    field = "people"


class RegistrationNotOpen(Refused):
    """A draft takes nobody yet, and a class whose registration is closed nobody more."""

    sentence = _("Registration for this class is not open.")
    field = "people"


class NotEnrolled(Refused):
    """A seat is for someone who is enrolled and has the class still before them."""

    sentence = _("Only people who are enrolled and still need the class can be registered.")
    field = "people"


class NotHeld(Refused):
    """Only a held seat is confirmed."""

    sentence = _("This seat is no longer held.")


class NoSeatHere(Refused):
    """Only a seat that somebody has, or a place in line, is moved or given back."""

    sentence = _("This person has no seat here any more. Nothing was changed.")


class SeatElsewhere(Refused):
    """One seat a person: a second one would be kept from somebody who waits."""

    sentence = _("Someone of these has a seat in another class. Move that person instead.")
    field = "people"


class TwoClasses(Refused):
    """One person is in one class a day."""

    sentence = _("Someone of these is registered for another class on that day.")
    field = "people"


def check_open(state: ClassState) -> None:
    """Raises ClassIsOver, RegistrationNotOpen."""
    if state in OVER:
        raise ClassIsOver
    if state not in TAKES_PEOPLE:
        raise RegistrationNotOpen


def check_enrolled(track: Track, state: EnrollmentState) -> None:
    """Raises NotEnrolled."""
    if track is not Track.SBAD or state not in BEFORE_THE_CLASS:
        raise NotEnrolled


def check_room(taken: int, wanted: int, capacity: int) -> None:
    """Raises ClassIsFull."""
    if taken + wanted > capacity:
        raise ClassIsFull


def keeps_place(state: RegistrationState, *, waiting: bool) -> bool:
    """Someone seated stays seated; someone waiting is not made to wait twice."""
    return state in SEATED or (waiting and state is RegistrationState.WAITLISTED)


def seat_for(enrollment: EnrollmentState, *, is_cleared: bool) -> RegistrationState:
    """Return how a seat begins: held until the agreement is signed and the fee cleared."""
    ready = enrollment is EnrollmentState.ACTIVE and is_cleared
    return RegistrationState.CONFIRMED if ready else RegistrationState.HELD


@dataclass(frozen=True)
class InLine:
    """Someone on a waiting list; who `needs` no seat any more is passed over and stays in line."""

    registration_id: int
    needs: bool


def next_in_line(line: Sequence[InLine], free: int) -> list[InLine]:
    """Return who gets the free seats: the first in line who still need one, in their order."""
    return [each for each in line if each.needs][: max(free, 0)]
