"""Keep that a charge is due later than it was charged for, because the program stood still."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base


class DueMoved(Base):
    """A charge's new day after a pause. Rows are added and never changed."""

    __tablename__ = "due_moved"

    obligation_id: Mapped[int] = mapped_column(
        ForeignKey("obligation.id"), primary_key=True, autoincrement=False
    )
    pause_id: Mapped[int] = mapped_column(
        ForeignKey("pause.id"), primary_key=True, autoincrement=False
    )
    due_on: Mapped[date]
    moved_on: Mapped[date]
    moved_at: Mapped[datetime]
    moved_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
