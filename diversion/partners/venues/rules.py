"""Say when two bookings are too close; never say whose the other one is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.partners.venues.models import Compartment

MARGIN = timedelta(minutes=60)


class PlaceNotFree(Refused):
    """The same room at the same time, or another compartment in the building within the margin."""

    sentence = _("This place is not free then.")
    field = "place"


@dataclass(frozen=True)
class Taken:
    """A booking in the building: which room, which compartment, from when to when."""

    place_id: int
    compartment: Compartment
    starts_at: datetime
    ends_at: datetime


def keep_apart(wanted: Taken, others: Iterable[Taken]) -> None:
    """Refuse `wanted` if it comes too close to one of the `others`. Raises PlaceNotFree."""
    for other in others:
        margin = timedelta(0) if other.compartment is wanted.compartment else MARGIN
        near = other.place_id == wanted.place_id or other.compartment is not wanted.compartment
        if near and _overlap(wanted, other, margin):
            raise PlaceNotFree


def _overlap(one: Taken, other: Taken, margin: timedelta) -> bool:
    return one.starts_at < other.ends_at + margin and other.starts_at < one.ends_at + margin
