"""Keep why a void was asked for, and where the payer's copy is."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.words import Worded, _
from diversion.fees.models import VoidReason


class PayersCopy(Worded):
    """Where the payer's copy is; a copy that did not come back stands on the exception report."""

    RETURNED = "returned", _("Came back; both copies are kept together")
    PAYER_LEFT = "payer_left", _("Not returned: the payer had left")
    LOST = "lost", _("Not returned: the payer lost it")
    NEVER_PRINTED = "never_printed", _("Not returned: it was never printed")


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
