"""Keep which approved refunds are not to be paid after all."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.words import Worded, _
from diversion.fees.approved_models import PostedByTwo, by_two, posted_once


class CancelReason(Worded):
    """Why money does not go back after all."""

    TAKEN_BACK = "taken_back", _("The payment was taken back by its bank")
    ORDER_CHANGED = "order_changed", _("The order or the agreement changed")
    MISTAKE = "mistake", _("It was asked for by mistake")


class RefundCancel(PostedByTwo, Base):
    """That somebody asks not to pay a refund; without an entry it is only asked for."""

    __tablename__ = "refund_cancel"
    __table_args__ = (
        *by_two(),
        posted_once("refund_cancel", "refund_id"),
    )

    refund_id: Mapped[int] = mapped_column(ForeignKey("refund.id"))
    reason: Mapped[CancelReason]
