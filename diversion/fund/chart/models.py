"""Keep who switched accounts of the chart on or off, and why."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.words import Worded, _


class Use(Worded):
    """What a county may do or leave; its accounts are off until it is switched on."""

    CHANGE_FUND = "change_fund", _("Change fund")
    RETURNED_ITEMS = "returned_items", _("Returned items apart")
    STATE_FEE = "state_fee", _("The state's fee at our counter")


class AccountSwitch(Base):
    """That the accounts of a use were switched on or off. Rows are added and never changed."""

    __tablename__ = "account_switch"
    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    use: Mapped[Use]
    is_on: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))
    switched_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    switched_at: Mapped[datetime]
