"""Lay out the list of class days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diversion.core.languages import NAMES
from diversion.core.words import Sentence, _
from diversion.sbad.classes import queries
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import BEFORE_THE_DAY


@dataclass(frozen=True)
class Day:
    """A class day of the list. `dot` is how far its roll is: nothing, `part`, or `full`."""

    session: ClassSession
    taken: int
    waiting: int
    marked: int
    is_today: bool
    can_be_marked: bool

    @property
    def language(self) -> str:
        return NAMES.get(self.session.language, self.session.language)

    @property
    def teachers(self) -> str:
        return ", ".join(each.name for each in self.session.instructors)

    @property
    def dot(self) -> str:
        """Return how far the roll is; whoever is only excused ahead has not begun it."""
        is_begun = self.session.is_imported or self.session.state not in BEFORE_THE_DAY
        if not self.marked or not is_begun:
            return ""
        return "full" if self.marked >= self.taken else "part"

    @property
    def roll(self) -> Sentence:
        return {
            "": _("Not taken"), "part": _("Partly"), "full": _("Taken"),
        }[self.dot]  # fmt: skip

    @property
    def state(self) -> tuple[Sentence, str] | None:
        """Return the word and tone of its tag."""
        if self.session.state is ClassState.CERTIFIED:
            return _("Certified"), "ok"
        if self.session.state is ClassState.CANCELLED:
            return _("Called off"), "plain"
        if self.is_today:
            return _("Today"), ""
        if self.session.state is ClassState.DRAFT:
            return _("Draft"), "warn"
        if self.taken >= self.session.capacity:
            return _("Full"), "plain"
        if self.session.state is ClassState.REGISTRATION_CLOSED:
            return _("Closed"), "plain"
        return None


def days(
    ids: Sequence[int],
    seats: dict[int, tuple[int, int]],
    marked: dict[int, int],
    today: date,
) -> list[Day]:
    """Return the class days in the order of `ids`."""
    sessions = queries.sessions(ids)
    return [
        Day(
            session,
            *seats[each],
            marked.get(each, 0),
            session.held_on == today,
            not session.is_over and session.held_on <= today,
        )
        for each in ids
        for session in [sessions[each]]
    ]
