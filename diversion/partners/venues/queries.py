"""Ask for places and when a building is taken."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.partners.venues.models import Place, PlaceBooking
from diversion.partners.venues.rules import Taken


def place(handle: str) -> Place:
    return the_one(select(Place).filter_by(handle=handle))


def place_named(name: str, building: str) -> Place | None:
    return db.session.scalars(select(Place).filter_by(name=name, building=building)).one_or_none()


def places() -> Sequence[Place]:
    return db.session.scalars(select(Place).order_by(Place.building, Place.name)).all()


def taken(building: str, after: datetime, before: datetime) -> list[Taken]:
    """Return the bookings in a building that touch the time between, not released."""
    rows = db.session.execute(
        select(
            PlaceBooking.place_id, PlaceBooking.compartment,
            PlaceBooking.starts_at, PlaceBooking.ends_at,
        )
        .join(Place)
        .where(
            Place.building == building,
            PlaceBooking.released_at.is_(None),
            PlaceBooking.ends_at > after,
            PlaceBooking.starts_at < before,
        )
    )  # fmt: skip
    return [Taken(*row) for row in rows]
