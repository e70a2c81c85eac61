"""Hold what the page of a person shows, whichever program it is of."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from diversion.core.words import Sentence, _
from diversion.enrollments.people.files import File
from diversion.enrollments.people.missing import Explained
from diversion.enrollments.people.rules import Sight
from diversion.enrollments.people.timeline import Timeline


@dataclass(frozen=True)
class Coming:
    """A date to come: the day, the hour where there is one, and what it is."""

    on: date
    at: time | None
    what: Sentence


@dataclass(frozen=True)
class Whole:
    """Everything the page shows to one reader.

    `facts` are what the line of figures takes; `people` are roles and the names in them.
    """

    file: File
    sees: Sight
    explained: Explained
    facts: list[dict[str, Any]]
    timeline: Timeline
    coming: list[Coming]
    people: list[tuple[Sentence, str]]
    alerts: list[Sentence]

    @property
    def why(self) -> str:
        """Return where it is told why somebody is not complete, if the program has such a page."""
        return ""


def conditions_met(known: Explained) -> list[dict[str, Any]]:
    """Return the figure of how many conditions are met; none where nothing is asked."""
    if not known.wanted:
        return []
    met = _("{met} of {wanted}", met=known.met, wanted=known.wanted)
    return [{"name": _("Conditions"), "value": met, "done": known.met, "of": known.wanted}]
