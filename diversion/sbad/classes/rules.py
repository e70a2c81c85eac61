"""Say how a class day goes on: from draft to certified, or called off."""

from diversion.core.errors import Refused
from diversion.core.words import Sentence, Worded, _


class ClassState(Worded):
    """How far a class day is.

    Full is not kept: it follows from the seats, see `shown`. Whoever submits a roll signs it:
    that is one act, which certifies the day.
    """

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    REGISTRATION_CLOSED = "registration_closed", _("Registration closed")
    IN_PROGRESS = "in_progress", _("Running")
    CERTIFIED = "certified", _("Certified")
    CANCELLED = "cancelled", _("Cancelled")


S = ClassState
MOVES: dict[ClassState, frozenset[ClassState]] = {
    S.DRAFT: frozenset({S.OPEN, S.CANCELLED}),
    S.OPEN: frozenset({S.REGISTRATION_CLOSED, S.IN_PROGRESS, S.CANCELLED}),
    S.REGISTRATION_CLOSED: frozenset({S.OPEN, S.IN_PROGRESS, S.CANCELLED}),
    S.IN_PROGRESS: frozenset({S.CERTIFIED, S.CANCELLED}),
    S.CERTIFIED: frozenset(),
    S.CANCELLED: frozenset(),
}
BEFORE_THE_DAY = frozenset({S.DRAFT, S.OPEN, S.REGISTRATION_CLOSED})
# Whoever has a seat here needs no other.
TO_TEACH = frozenset({S.OPEN, S.REGISTRATION_CLOSED, S.IN_PROGRESS})
TAKES_PEOPLE = frozenset({S.OPEN, S.IN_PROGRESS})
OVER = frozenset({S.CERTIFIED, S.CANCELLED})


class WrongClassState(Refused):
    """A class day goes on only as its states lead."""

    sentence = _("This is not possible in the present state of the class. Nothing was changed.")


class ClassIsOver(Refused):
    """A class that was certified or called off is not changed any more."""

    sentence = _("This class is over. Nothing was changed.")


def check_move(before: ClassState, to: ClassState) -> None:
    """Raises WrongClassState."""
    if to not in MOVES[before]:
        raise WrongClassState


def shown(state: ClassState, taken: int, capacity: int) -> Sentence:
    """Return the word for a class day; one that is open and has no seat left is full."""
    if state is ClassState.OPEN and taken >= capacity:
        return _("Full")
    return state.words
