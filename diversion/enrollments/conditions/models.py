"""Keep what an enrollment asks and the evidence for it; evidence is added to, never changed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.enrollments.codes import ConditionKind as ConditionKind
from diversion.enrollments.models import OfEnrollment, to_enrollment


class Condition(OfEnrollment, Base):
    """A requirement on one enrollment: so much of a kind, due on a day, or excused."""

    __tablename__ = "condition"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "excused_by IS NULL OR excused_by <> excusal_asked_by", name="excused_by_another"
        ),
        Index(None, "enrollment_id"),
        Index(None, "participant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    place: Mapped[int]
    kind: Mapped[ConditionKind]
    label: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int]
    unit: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date | None]
    excusal_asked_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    excused_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    excused_on: Mapped[date | None]


class Evidence(OfEnrollment, Base):
    """That something counted toward a kind of condition; a negative quantity takes it back."""

    __tablename__ = "evidence"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("quantity <> 0", name="quantity_not_zero"),
        Index(None, "enrollment_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ConditionKind]
    quantity: Mapped[int]
    source: Mapped[str] = mapped_column(String(80))
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
