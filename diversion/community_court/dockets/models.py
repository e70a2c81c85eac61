"""Keep docket days: which court sits when, where, before whom, and for how many."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.partners.venues.models import Place


class Docket(Base):
    """A sitting on one day. `starts` and `ends` are wall time in the court's zone."""

    __tablename__ = "docket"
    __table_args__ = (
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
        Index(None, "held_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True)
    held_on: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    court: Mapped[str] = mapped_column(String(80))
    judge: Mapped[str] = mapped_column(String(80), default="")
    capacity: Mapped[int]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("place_booking.id"), unique=True)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)

    def overlaps(self, other: "Docket") -> bool:
        return (
            self.held_on == other.held_on and self.starts < other.ends and other.starts < self.ends
        )
