"""Answer the county's lists: those shipped until they are taken out of use, and its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import Factor
from diversion.enrollments.terms import queries

ELIGIBILITY_FACTORS = "eligibility_factor"
EXCUSAL_REASONS = "excusal_reason"
PAUSE_REASONS = "pause_reason"


@dataclass(frozen=True)
class Listed:
    """A word of a list, what people call it, and the rule it stands for."""

    word: str
    label: Sentence | str
    maps_to: str = ""
    until_on: date | None = None

    def is_used(self, on: date) -> bool:
        return self.until_on is None or self.until_on > on


FACTORS: dict[Factor, Sentence] = {
    Factor.NATURE_OF_ACT: _("Nature of the act and any injury"),
    Factor.SPECIAL_CHARACTERISTICS: _("Special circumstances of the person"),
    Factor.FIRST_TIME: _("First time"),
    Factor.LIKELY_COOPERATION: _("Likely to take part"),
    Factor.FIT_OF_PROGRAM: _("The program fits"),
    Factor.EFFECT_ON_COMMUNITY: _("Effect on the community"),
    Factor.POLICE_VIEW: _("View of the police"),
    Factor.VICTIM_VIEW: _("View of the victim"),
    Factor.RESTITUTION: _("Restitution"),
    Factor.MITIGATION: _("Anything in mitigation"),
}
SHIPPED: dict[str, tuple[Listed, ...]] = {
    ELIGIBILITY_FACTORS: tuple(Listed(each.value, label) for each, label in FACTORS.items()),
    PAUSE_REASONS: (
        Listed("warrant", _("A warrant is open"), "runs"),
        Listed("treatment", _("Medical care or treatment"), "stops"),
        Listed("custody", _("In custody"), "stops"),
        Listed("court_order", _("The court ordered it"), "stops"),
    ),
    EXCUSAL_REASONS: (
        Listed("done_elsewhere", _("Something equal was done elsewhere")),
        Listed("not_available", _("It was not offered in time")),
        Listed("health", _("Health or disability")),
        Listed("interest_of_justice", _("In the interest of justice")),
    ),
}


def listed(name: str, track: Track, on: date) -> Sequence[Listed]:
    """Return the words of a list that are in use on a day."""
    return [each for each in whole(name, track, on) if each.is_used(on)]


def whole(name: str, track: Track, on: date) -> Sequence[Listed]:
    """Return every word of a list that was ever used until a day, those shipped first."""
    rows = {row.word: row for row in queries.codes(name, track) if row.from_on <= on}
    shipped = [
        replace(each, until_on=rows[each.word].until_on) if each.word in rows else each
        for each in SHIPPED[name]
    ]
    own = [
        Listed(row.word, row.label, row.maps_to, row.until_on)
        for row in rows.values()
        if row.word not in {each.word for each in shipped}
    ]
    return [*shipped, *own]


def labels(name: str, track: Track, on: date) -> dict[str, Sentence | str]:
    """Return what people call the words of a list, also those that are out of use."""
    return {each.word: each.label for each in whole(name, track, on)}
