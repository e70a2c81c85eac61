"""Keep which settlement files of the card processor were read, line by line."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.words import Worded, _


class Open(Worded):
    """Why a line was not settled; it is tried again when its file comes again."""

    AMOUNT_DIFFERS = "amount_differs", _("The receipt of this reference has another amount.")
    NET_DIFFERS = "net_differs", _("Gross less fee is not the net amount.")
    NOT_WAITING = "not_waiting", _("This payment was settled, voided or charged back before.")
    UNKNOWN = "unknown", _("No receipt has this card reference.")


class Settlement(Base):
    """A settlement file; the same file again is the same row."""

    __tablename__ = "settlement"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    read_on: Mapped[date]
    read_at: Mapped[datetime]
    read_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class SettlementLine(Base):
    """A card payment as the processor settled it; without an entry it is still open."""

    __tablename__ = "settlement_line"
    __table_args__ = (
        CheckConstraint("gross > 0 AND fee >= 0", name="amounts"),
        CheckConstraint(
            "(entry_number IS NULL) = (problem IS NOT NULL)", name="settled_or_open"
        ),
    )  # fmt: skip

    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlement.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reference: Mapped[str] = mapped_column(String(40))
    gross: Mapped[Money]
    fee: Mapped[Money]
    net: Mapped[Money]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt_number.id"))
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    problem: Mapped[Open | None]
