"""Keep why a void was asked for, and where the payer's copy is."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.words import Sentence, _
from diversion.fees.models import VoidReason


class PayersCopy(StrEnum):
    """Where the payer's copy is; a copy that did not come back stands on the exception report."""

    RETURNED = "returned"
    PAYER_LEFT = "payer_left"
    LOST = "lost"
    NEVER_PRINTED = "never_printed"

    @property
    def words(self) -> Sentence:
        return _COPIES[self]


_COPIES = {
    PayersCopy.RETURNED: _("Came back; both copies are kept together"),
    PayersCopy.PAYER_LEFT: _("Not returned: the payer had left"),
    PayersCopy.LOST: _("Not returned: the payer lost it"),
    PayersCopy.NEVER_PRINTED: _("Not returned: it was never printed"),
}


class VoidPaper(Base):
    """That somebody asked to void a receipt; the void itself is a row of its own."""

    __tablename__ = "void_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt_number.id"), index=True)
    reason: Mapped[VoidReason]
    copy: Mapped[PayersCopy]
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
