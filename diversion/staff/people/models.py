"""Keep what waits for a second administrator."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base


class FactorReset(Base):
    """A second factor to be set up anew: asked for by one administrator, confirmed by another."""

    __tablename__ = "factor_reset"
    __table_args__ = (
        CheckConstraint("asked_by_id <> confirmed_by_id", name="two_people"),
        CheckConstraint("staff_id <> confirmed_by_id", name="not_ones_own"),
        Index(
            "uq_factor_reset_waiting", "staff_id", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]
