"""Keep who is registered for which class day, and who came without being registered."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.words import Worded, _
from diversion.enrollments.models import OfEnrollment, to_enrollment
from diversion.sbad.classes.models import ClassSession


class RegistrationState(Worded):
    """Where a registration stands; `held` keeps a seat while fee or papers are pending."""

    HELD = "held", _("Seat held")
    CONFIRMED = "confirmed", _("Confirmed")
    WAITLISTED = "waitlisted", _("Waiting")
    REBOOKED = "rebooked", _("Moved to another day")
    CANCELLED = "cancelled", _("Cancelled")


SEATED = frozenset({RegistrationState.HELD, RegistrationState.CONFIRMED})


class Accommodation(Worded):
    """What someone needs to take part; never why."""

    NONE = "none", _("None")
    INTERPRETER = "interpreter", _("Interpreter")
    ACCESS = "access", _("Step-free access")
    HEARING = "hearing", _("Hearing support")
    LARGE_PRINT = "large_print", _("Large print")
    OTHER = "other", _("Ask the person")


class Registration(OfEnrollment, Base):
    """That a person has, or waits for, a seat in a class day."""

    __tablename__ = "registration"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("track = 'sbad'", name="track"),
        UniqueConstraint("class_session_id", "participant_id"),
        UniqueConstraint("id", "class_session_id"),
        Index(None, "participant_id"),
        Index(None, "enrollment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    class_session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"))
    state: Mapped[RegistrationState]
    accommodation: Mapped[Accommodation] = mapped_column(default=Accommodation.NONE)
    registered_at: Mapped[datetime]
    registered_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))

    class_session: Mapped[ClassSession] = relationship()

    @property
    def is_seated(self) -> bool:
        return self.state in SEATED


class Rebooking(Base):
    """That a seat makes up for an earlier one of the same person."""

    __tablename__ = "rebooking"
    __table_args__ = (CheckConstraint("follows_id < registration_id", name="follows_an_earlier"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    follows_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)


class WalkIn(Base):
    """That someone came without a registration: a line of the paper sheet, no name.

    It needs clearance by a coordinator, who finds the person; until then it counts for
    nobody.
    """

    __tablename__ = "walk_in"
    __table_args__ = (
        UniqueConstraint("class_session_id", "line"),
        CheckConstraint("line > 0", name="line_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    class_session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"))
    line: Mapped[int]
    noted_at: Mapped[datetime]
    noted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
