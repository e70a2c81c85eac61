"""Keep what was charged and which receipts were given; the amounts are sealed in the ledger."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import Worded, _
from diversion.enrollments.models import OfEnrollment, to_enrollment
from diversion.ledger.commands import Mode
from diversion.participants.models import to_participant

# How receipts of the state's fee are numbered: in a series of their own.
STATE_SERIES = "S-"


class OtherAmount(Worded):
    """Why another amount than that of the terms was charged."""

    AGREEMENT = "agreement", _("Agreed otherwise")
    COURT_ORDER = "court_order", _("Court order")
    EARLIER_SCHEDULE = "earlier_schedule", _("An earlier fee applies")
    IMPORTED = "imported", _("From the old list")


class Obligation(OfEnrollment, Base):
    """A fee that was charged; its key in the ledger is `id`."""

    __tablename__ = "obligation"
    __table_args__ = (
        to_enrollment(),
        UniqueConstraint("enrollment_id", "place"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(None, "participant_id"),
        Index(None, "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    place: Mapped[int]
    label: Mapped[str] = mapped_column(String(80))
    revenue_account: Mapped[int] = mapped_column(ForeignKey("account.code"))
    earmark: Mapped[int] = mapped_column(ForeignKey("earmark.number"))
    amount: Mapped[Money]
    other_amount: Mapped[OtherAmount | None]
    assessed_on: Mapped[date]
    due_on: Mapped[date]
    imported: Mapped[bool]
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)


class ObligationUndone(Base):
    """That an imported obligation was taken back with its import."""

    __tablename__ = "obligation_undone"

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), primary_key=True)
    entry_number: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    undone_on: Mapped[date]
    undone_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class FeeOverdue(Base):
    """That somebody should look at an obligation that was still open after its due date."""

    __tablename__ = "fee_overdue"

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), primary_key=True)
    due_on: Mapped[date]
    noted_at: Mapped[datetime]


class Payor(Worded):
    """Who handed the money over, as far as the office needs to know; never a name."""

    SELF = "self", _("The participant")
    FAMILY = "family", _("Family")
    ATTORNEY = "attorney", _("Attorney")
    OTHER = "other", _("Someone else")


class VoidReason(Worded):
    """Why a receipt is void."""

    WRONG_AMOUNT = "wrong_amount", _("Wrong amount")
    WRONG_PERSON = "wrong_person", _("Wrong account")
    WRONG_METHOD = "wrong_method", _("Wrong way of payment")
    TAKEN_BY_MISTAKE = "taken_by_mistake", _("Taken by mistake")
    IMPORT_UNDONE = "import_undone", _("Import undone")


class Numbered:
    """What every receipt has: its number in the register, under the seal of its entry."""

    id: Mapped[int] = mapped_column(ForeignKey("receipt_number.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(30), unique=True)
    entry_number: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    entry_hash: Mapped[str] = mapped_column(String(64))
    amount: Mapped[Money]
    mode: Mapped[Mode]
    reference: Mapped[str] = mapped_column(String(40))
    taken_on: Mapped[date]
    taken_at: Mapped[datetime]

    @property
    def hash16(self) -> str:
        return self.entry_hash[:16]


class KeepsItsVoid(Numbered):
    """A receipt whose void stands in its own row."""

    taken_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    void_entry: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    void_reason: Mapped[VoidReason | None]
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    voided_on: Mapped[date | None]


class Receipt(Numbered, Base):
    """A receipt that was given; a void is a row of its own, the number stays used."""

    __tablename__ = "receipt"
    __table_args__ = (
        to_participant(),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(None, "participant_id"),
        Index(None, "taken_on"),
    )

    participant_id: Mapped[int]
    track: Mapped[Track]
    credit: Mapped[Money]
    owed_after: Mapped[Money]
    payor: Mapped[Payor]
    taken_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    imported: Mapped[bool]

    @property
    def owed_before(self) -> Money:
        return self.owed_after + self.amount - self.credit


class Allocation(Base):
    """Which part of a receipt settles which obligation."""

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("receipt_id", "obligation_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(None, "obligation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    amount: Mapped[Money]


class ReceiptVoid(Base):
    """That a receipt is void: why, by whom, and whether the payer's copy came back."""

    __tablename__ = "receipt_void"

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), primary_key=True)
    entry_number: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    reason: Mapped[VoidReason]
    copy_returned: Mapped[bool]
    voided_on: Mapped[date]
    voided_at: Mapped[datetime]
    voided_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
