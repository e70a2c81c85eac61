"""Keep places and when they are taken; a booking knows no person and no program."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle


class Compartment(StrEnum):
    """A letter; two letters never share a building at nearly the same time."""

    A = "a"
    B = "b"


class Place(Base):
    """A room in a building."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("building", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    name: Mapped[str] = mapped_column(String(80))
    building: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300), default="")
    capacity: Mapped[int] = mapped_column(default=30)


class PlaceBooking(Base):
    """A place, from when to when, for which compartment."""

    __tablename__ = "place_booking"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index(None, "place_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    compartment: Mapped[Compartment]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    released_at: Mapped[datetime | None]

    place: Mapped[Place] = relationship()
