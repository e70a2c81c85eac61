"""Keep courses, their modules, and the days on which a class is held."""

from datetime import date, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.partners.venues.models import Place, PlaceBooking
from diversion.sbad.classes.rules import OVER, TAKES_PEOPLE, ClassIsOver, check_move
from diversion.sbad.classes.rules import ClassState as ClassState
from diversion.staff.models import Staff

SHORT = 4  # a handle beside a date needs to tell apart only the classes of that day


class Course(Base):
    """What is taught in a class; who comes later than `grace_minutes` into a module owes it."""

    __tablename__ = "course"
    __table_args__ = (CheckConstraint("grace_minutes >= 0", name="grace_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    name: Mapped[str] = mapped_column(String(120))
    grace_minutes: Mapped[int] = mapped_column(default=15)
    retired_on: Mapped[date | None]

    modules: Mapped[list["CourseModule"]] = relationship(
        order_by="CourseModule.place", lazy="selectin"
    )


class CourseModule(Base):
    """A part of a course, in order."""

    __tablename__ = "course_module"
    __table_args__ = (
        UniqueConstraint("course_id", "place"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    place: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]


class ClassSession(Base):
    """One class day: wall time in the court's zone, a room, seats, a language."""

    __tablename__ = "class_session"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("ends > starts", name="ends_after_start"),
        Index(None, "held_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(40), unique=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    held_on: Mapped[date]
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("place_booking.id"))
    capacity: Mapped[int]
    language: Mapped[str] = mapped_column(String(12))
    state: Mapped[ClassState] = mapped_column(default=ClassState.OPEN)
    is_imported: Mapped[bool] = mapped_column(default=False)

    course: Mapped[Course] = relationship(lazy="joined", innerjoin=True)
    place: Mapped[Place | None] = relationship(lazy="joined")
    booking: Mapped[PlaceBooking | None] = relationship()
    instructors: Mapped[list[Staff]] = relationship(
        secondary="class_instructor", order_by=Staff.name, lazy="selectin"
    )

    def __init__(self, **values: Any) -> None:
        values.setdefault("handle", f"{values['held_on'].isoformat()}-{new_handle(SHORT)}")
        super().__init__(**values)

    @property
    def is_over(self) -> bool:
        """Say whether nothing more can be marked or registered."""
        return self.state in OVER

    @property
    def takes_people(self) -> bool:
        """Say whether anybody can get a seat, or a place in the line."""
        return self.state in TAKES_PEOPLE

    def check_not_over(self) -> None:
        """Raises ClassIsOver."""
        if self.is_over:
            raise ClassIsOver

    def move(self, to: ClassState) -> None:
        """Step to another state. Raises WrongClassState."""
        check_move(self.state, to)
        self.state = to


class ClassPresenter(Base):
    """That somebody of an organization presents a module on a class day."""

    __tablename__ = "class_presenter"

    class_session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"), primary_key=True)
    course_module_id: Mapped[int] = mapped_column(ForeignKey("course_module.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)


class ClassInstructor(Base):
    """That a member of staff teaches a class day."""

    __tablename__ = "class_instructor"

    class_session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)
