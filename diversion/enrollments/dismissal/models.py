"""Keep record checks as codes, the statute's clocks, and what came of setting a record aside."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.tracks import Track
from diversion.enrollments.codes import LegalBasis, RecordResult
from diversion.enrollments.models import OfEnrollment, to_enrollment


class RecordCheck(OfEnrollment, Base):
    """What a look for a new arrest said: a code; the record itself is never kept."""

    __tablename__ = "record_check"
    __table_args__ = (to_enrollment(), Index(None, "enrollment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    result: Mapped[RecordResult]
    checked_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class StatuteClock(Base):
    """From a day on: how many days after a dismissal a record can be set aside, and by which law.

    The county's counsel says so; without a row there is no date.
    """

    __tablename__ = "statute_clock"
    __table_args__ = (
        CheckConstraint("days >= 0", name="days_not_negative"),
        Index(None, "track", "legal_basis"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    track: Mapped[Track]
    legal_basis: Mapped[LegalBasis]
    days: Mapped[int]
    citation: Mapped[str] = mapped_column(String(80))
    in_force_on: Mapped[date]
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class SetAside(OfEnrollment, Base):
    """When a dismissed case can be set aside, and how far that has come; followed to the end."""

    __tablename__ = "set_aside"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("ordered_on IS NULL OR filed_on IS NOT NULL", name="filed_before_ordered"),
        CheckConstraint(
            "confirmed_on IS NULL OR ordered_on IS NOT NULL", name="ordered_before_confirmed"
        ),
        Index(None, "track", "confirmed_on"),
    )

    enrollment_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    eligible_on: Mapped[date]
    citation: Mapped[str] = mapped_column(String(80))
    filed_on: Mapped[date | None]
    filed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ordered_on: Mapped[date | None]
    ordered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
