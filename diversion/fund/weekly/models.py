"""Keep who looked through the exceptions of a week. Rows are never changed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base


class WeekSignature(Base):
    """That somebody looked through what was posted in a week that begins on a Monday.

    `last_entry` is the last of the journal then: what is posted later needs a new one.
    `chain_hash` is its hash, over all that was signed, and `signed_on` the court's day; an
    older release kept neither.
    """

    __tablename__ = "week_signature"
    __table_args__ = (CheckConstraint("last_entry > 0", name="something_posted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    monday: Mapped[date] = mapped_column(index=True)
    last_entry: Mapped[int]
    chain_hash: Mapped[str | None] = mapped_column(String(64))
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    signed_on: Mapped[date | None]
    signed_at: Mapped[datetime]
