"""Keep to whom the state's fee is owed, and how it is split from a day on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle


class Remittee(Base):
    """An office that a part of the state's fee is sent on to. Rows are never changed.

    Its key in the ledger is `id`.
    """

    __tablename__ = "remittee"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime]


class StateSplit(Base):
    """How the state's fee is split from a day on; a later one replaces it, never an edit."""

    __tablename__ = "state_split"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    in_force_on: Mapped[date] = mapped_column(unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]

    parts: Mapped[list["StateSplitPart"]] = relationship(order_by="StateSplitPart.remittee_id")


class StateSplitPart(Base):
    """What of a hundred goes to one remittee."""

    __tablename__ = "state_split_part"
    __table_args__ = (CheckConstraint("percent BETWEEN 1 AND 100", name="of_a_hundred"),)

    split_id: Mapped[int] = mapped_column(ForeignKey("state_split.id"), primary_key=True)
    remittee_id: Mapped[int] = mapped_column(ForeignKey("remittee.id"), primary_key=True)
    percent: Mapped[int]

    remittee: Mapped[Remittee] = relationship()
