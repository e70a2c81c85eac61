"""Add places, book them, and let them go."""

from datetime import datetime, timedelta

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.partners.venues import queries, rules
from diversion.partners.venues.models import Compartment, Place, PlaceBooking
from diversion.staff.models import Staff

NEAR = timedelta(days=2)  # no booking lasts longer, so none further away can touch


def add_place(
    name: str, building: str, *, address: str = "", capacity: int = 30, by: Staff
) -> Place:
    made = Place(name=name, building=building, address=address, capacity=capacity)
    db.session.add(made)
    db.session.flush()
    record(Act.PLACE_ADDED, f"place:{made.handle}", by=by)
    return made


def book(
    place: Place, starts_at: datetime, ends_at: datetime, *, compartment: Compartment, by: Staff
) -> PlaceBooking:
    """Take a place.

    Raises PlaceNotFree if the room is taken, or the building is within an hour of
    that time by another compartment; the sentence is the same for both.
    """
    _lock(place.building)
    wanted = rules.Taken(place.id, compartment, starts_at, ends_at)
    rules.keep_apart(wanted, queries.taken(place.building, starts_at - NEAR, ends_at + NEAR))
    made = PlaceBooking(
        place_id=place.id, compartment=compartment, starts_at=starts_at, ends_at=ends_at
    )
    db.session.add(made)
    db.session.flush()
    record(Act.PLACE_BOOKED, f"booking:{made.handle}", by=by)
    return made


def release(booking: PlaceBooking, *, by: Staff, now: datetime) -> None:
    """Give the place back; the row stays."""
    booking.released_at = now
    db.session.flush()
    record(Act.PLACE_RELEASED, f"booking:{booking.handle}", by=by)


def _lock(building: str) -> None:
    """Let two who book in one building come one after the other."""
    db.session.execute(select(Place.id).filter_by(building=building).with_for_update()).all()
