"""Keep program versions, their requirements, the county's code lists and court holidays."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, LegalBasis


class ProgramVersion(Base):
    """The terms of a program from a day on; never changed once someone has signed them."""

    __tablename__ = "program_version"
    __table_args__ = (
        UniqueConstraint("track", "in_force_on"),
        UniqueConstraint("id", "track"),
        CheckConstraint("monitoring_days >= 0", name="monitoring_days_not_negative"),
        CheckConstraint("fee >= 0", name="fee_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    track: Mapped[Track]
    in_force_on: Mapped[date]
    legal_basis: Mapped[LegalBasis]
    monitoring_days: Mapped[int]
    fee: Mapped[Money]
    prior_check_required: Mapped[bool]
    # Whether a deputy DA may go on in spite of an earlier diversion; counsel decides.
    bar_override: Mapped[bool] = mapped_column(default=True)

    requirements: Mapped[list["Requirement"]] = relationship(order_by="Requirement.place")

    def frozen(self) -> dict[str, object]:
        """Return the terms as values: what an agreement keeps."""
        return {
            "in_force_on": self.in_force_on.isoformat(),
            "legal_basis": self.legal_basis.value,
            "monitoring_days": self.monitoring_days,
            "fee_cents": self.fee.cents,
            "requirements": [each.frozen() for each in self.requirements],
        }


class Requirement(Base):
    """A term of a version: so much of a kind, due so many days after the start."""

    __tablename__ = "requirement"
    __table_args__ = (
        UniqueConstraint("program_version_id", "place"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_version_id: Mapped[int] = mapped_column(ForeignKey("program_version.id"))
    place: Mapped[int]
    kind: Mapped[ConditionKind]
    label: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int]
    unit: Mapped[str] = mapped_column(String(40))
    due_days: Mapped[int | None]

    def frozen(self) -> dict[str, object]:
        return {
            "kind": self.kind.value,
            "label": self.label,
            "quantity": self.quantity,
            "unit": self.unit,
            "due_days": self.due_days,
        }


class Code(Base):
    """A word of a list that the county edits; retired by a date, never renamed in the past."""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("list_name", "track", "word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list_name: Mapped[str] = mapped_column(String(40))
    track: Mapped[Track | None]
    word: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(120))
    maps_to: Mapped[str] = mapped_column(String(80), default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class ClosedDay(Base):
    """A day on which the county's own calendar closes the court, or keeps it open."""

    __tablename__ = "closed_day"

    closed_on: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    open_after_all: Mapped[bool] = mapped_column(default=False)
