"""Keep what went to the bank: which receipts, whole, and how the cash was counted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.words import Worded, _


class Bag:
    """Whole receipts on their way. `number` is public, such as D-2026-0125; `entry` posts it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    deposited_on: Mapped[date] = mapped_column(index=True)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    prepared_at: Mapped[datetime]
    entry: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)


class Deposit(Bag, Base):
    """A bag for the bank; its key in the ledger is `id`."""

    __tablename__ = "deposit"


class DepositItem(Base):
    """A receipt in a deposit; its key alone sees to it that no receipt is deposited twice."""

    __tablename__ = "deposit_item"

    receipt_id: Mapped[int] = mapped_column(
        ForeignKey("receipt_number.id"), primary_key=True, autoincrement=False
    )
    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"), index=True)


class DepositCount(Base):
    """How many pieces of one value were in the cash; `unit` is in cents, coins count as 1."""

    __tablename__ = "deposit_count"
    __table_args__ = (
        CheckConstraint("unit > 0", name="unit_counts"),
        CheckConstraint("pieces > 0", name="pieces_count"),
    )

    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pieces: Mapped[int]


class WhyDifferent(Worded):
    """Why money counted is not the money receipted; the words of a person go nowhere."""

    CHANGE = "change", _("Wrong change was given")
    MISCOUNT = "miscount", _("Counted wrongly when it was taken")
    TORN = "torn", _("A bill was torn or false")
    BANK_ERROR = "bank_error", _("The bank counted differently")
    UNKNOWN = "unknown", _("Nobody knows")


class DepositDraft(Base):
    """A count that differs from the receipts: a deposit once a second person signs it.

    `difference` is counted less receipted. Drafts are added and never changed.
    """

    __tablename__ = "deposit_draft"
    __table_args__ = (CheckConstraint("difference <> 0", name="differs"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    difference: Mapped[Money]
    reason: Mapped[WhyDifferent]
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    drawn_on: Mapped[date]
    drawn_at: Mapped[datetime]


class DepositDraftItem(Base):
    """A receipt that a draft would take to the bank."""

    __tablename__ = "deposit_draft_item"

    draft_id: Mapped[int] = mapped_column(ForeignKey("deposit_draft.id"), primary_key=True)
    receipt_id: Mapped[int] = mapped_column(
        ForeignKey("receipt_number.id"), primary_key=True, autoincrement=False
    )


class DepositDraftCount(Base):
    """How many pieces of one value were counted for a draft."""

    __tablename__ = "deposit_draft_count"
    __table_args__ = (
        CheckConstraint("unit > 0", name="unit_counts"),
        CheckConstraint("pieces > 0", name="pieces_count"),
    )

    draft_id: Mapped[int] = mapped_column(ForeignKey("deposit_draft.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pieces: Mapped[int]


class DepositOverShort(Base):
    """The entry that says by how much a deposit is over or short, and the draft behind it."""

    __tablename__ = "deposit_over_short"

    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("deposit_draft.id"), unique=True)
    entry: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)


class DepositTaking(Base):
    """What the bank says that it took of a deposit, and who says so."""

    __tablename__ = "deposit_taking"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_counts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"), index=True)
    taken_on: Mapped[date]
    amount: Mapped[Money]
    difference: Mapped[Money]
    reference: Mapped[str] = mapped_column(String(40))
    reason: Mapped[WhyDifferent | None]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    said_at: Mapped[datetime]


class DepositConfirmation(Base):
    """The entry by which the bank's word became the books'; one reversed counts no more."""

    __tablename__ = "deposit_confirmation"

    entry: Mapped[int] = mapped_column(
        ForeignKey("entry.id"), primary_key=True, autoincrement=False
    )
    taking_id: Mapped[int] = mapped_column(ForeignKey("deposit_taking.id"), unique=True)
    difference_entry: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
