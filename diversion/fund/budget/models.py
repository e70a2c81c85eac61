"""Keep the lines of the budget; what each one holds stands in the ledger."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle


class BudgetLine(Base):
    """A purpose for which the county sets money aside, out of one earmark; never changed."""

    __tablename__ = "budget_line"
    __table_args__ = (UniqueConstraint("name", "earmark"), UniqueConstraint("id", "earmark"))

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    name: Mapped[str] = mapped_column(String(80))
    earmark: Mapped[int] = mapped_column(ForeignKey("earmark.number"))
