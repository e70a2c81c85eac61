"""Keep which payments a bank or a card processor took back."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.money import Money
from diversion.core.words import Worded, _
from diversion.fees.approved_models import TakenBack, by_two, posted_once


class ReturnKind(Worded):
    """What happened to money that was already counted as paid."""

    RETURNED = "returned", _("Returned check")
    CHARGEBACK = "chargeback", _("Chargeback")
    CHARGEBACK_WON = "chargeback_won", _("Chargeback won")


class ReturnedItem(TakenBack, Base):
    """A payment taken back, or won back. Without an entry it is only asked for."""

    __tablename__ = "returned_item"
    __table_args__ = (
        CheckConstraint("reopened >= 0 AND credit >= 0 AND fee >= 0", name="amounts_not_negative"),
        *by_two(),
        posted_once("returned_item", "receipt_id", "kind"),
    )

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    kind: Mapped[ReturnKind]
    fee: Mapped[Money]
    reopened: Mapped[Money]
    credit: Mapped[Money]
    posted_on: Mapped[date | None]
    fee_obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
