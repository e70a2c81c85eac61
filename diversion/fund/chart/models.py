"""Keep who switched accounts of the chart on or off, and why."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.words import Sentence, _


class Use(StrEnum):
    """What a county may do or leave; its accounts are off until it is switched on."""

    CHANGE_FUND = "change_fund"
    RETURNED_ITEMS = "returned_items"
    STATE_FEE = "state_fee"

    @property
    def words(self) -> Sentence:
        return _USES[self]


_USES = {
    Use.CHANGE_FUND: _("Change fund"),
    Use.RETURNED_ITEMS: _("Returned items apart"),
    Use.STATE_FEE: _("The state's fee at our counter"),
}


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
