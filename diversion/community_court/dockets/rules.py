"""Say which days a docket may be on, and which next dates to offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from diversion.core.errors import Refused
from diversion.core.words import _

WEEKS = (4, 6, 8)


class CourtClosed(Refused):
    """No docket on a day on which the court is closed."""

    sentence = _("The court is closed on this day.")
    field = "held_on"


class BackToFront(Refused):
    """A docket ends after it starts."""

    sentence = _("The end has to be after the start.")
    field = "ends"


@dataclass(frozen=True)
class Offer:
    """A docket day with places left."""

    handle: str
    held_on: date
    starts: time
    places: int


def check_day(held_on: date, starts: time, ends: time, closed: Mapping[date, str]) -> None:
    """Raises CourtClosed, BackToFront."""
    if held_on in closed:
        raise CourtClosed
    if ends <= starts:
        raise BackToFront


def suggest(after: date, offers: Sequence[Offer]) -> list[Offer]:
    """Return up to three different days with places, nearest to 4, 6 and 8 weeks later.

    `offers` are the coming days in order; when few are left, the earliest ones fill up.
    """
    open_days = [offer for offer in offers if offer.places > 0 and offer.held_on > after]
    chosen: list[Offer] = []
    for weeks in WEEKS:
        rest = [offer for offer in open_days if offer not in chosen]
        if rest:
            wanted = after + timedelta(weeks=weeks)
            chosen.append(min(rest, key=lambda offer: abs(offer.held_on - wanted)))
    return sorted(chosen, key=lambda offer: (offer.held_on, offer.starts))
