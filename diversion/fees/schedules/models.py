"""Keep what is charged from which day on, and where each part of it goes."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import Worded, _


class Destination(StrEnum):
    """Where money goes; state money never reaches the Account."""

    ACCOUNT = "account"
    STATUTORY = "statutory"


class LineKind(StrEnum):
    PROGRAM = "program"
    STATUTORY = "statutory"


class Office(Worded):
    """Which office collects a line of the fee."""

    COURT_CLERK = "court_clerk", _("Court clerk")
    PROGRAM_OFFICE = "program_office", _("Program office")


class Overpayment(StrEnum):
    """What becomes of money above what is owed."""

    CREDIT = "credit"
    REFUSE = "refuse"


class FeeSchedule(Base):
    """The fee lines of a track from a day on; a later schedule replaces it, never an edit."""

    __tablename__ = "fee_schedule"
    __table_args__ = (
        UniqueConstraint("track", "in_force_on"),
        CheckConstraint("due_days >= 0", name="due_days_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    track: Mapped[Track]
    in_force_on: Mapped[date]
    due_days: Mapped[int]
    overpayment: Mapped[Overpayment]

    lines: Mapped[list["FeeLine"]] = relationship(order_by="FeeLine.place")

    @property
    def total(self) -> Money:
        """Return what a person is charged for this fund; the state's fee is no part of it."""
        return Money.total(line.amount for line in self.lines if line.revenue_account)


class FeeLine(Base):
    """A part of the fee with its destination.

    The statutory diversion program fee (ORS 135.891, read November 2026) is a line
    that is off until the county switches it on; it can't have a revenue account.
    """

    __tablename__ = "fee_line"
    __table_args__ = (
        UniqueConstraint("schedule_id", "place"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(
            "(kind = 'statutory') = (destination = 'statutory')", name="state_money_apart"
        ),
        CheckConstraint(
            "(destination = 'statutory') = (revenue_account IS NULL)", name="no_revenue_of_state"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("fee_schedule.id"))
    place: Mapped[int]
    label: Mapped[str] = mapped_column(String(80))
    kind: Mapped[LineKind]
    destination: Mapped[Destination]
    revenue_account: Mapped[int | None] = mapped_column(ForeignKey("account.code"))
    earmark: Mapped[int] = mapped_column(ForeignKey("earmark.number"), default=0)
    amount: Mapped[Money]
    office: Mapped[Office] = mapped_column(server_default=Office.PROGRAM_OFFICE)
    is_on: Mapped[bool] = mapped_column(default=True)
