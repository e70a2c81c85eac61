"""Keep what somebody wants to be corrected in the books, and the entry it became."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.ledger.models import Whole


class CorrectionKind(StrEnum):
    """What a paper about the books asks for."""

    ADJUST = "adjust"
    OPENING = "opening"
    REVERSE = "reverse"
    YEAR_CLOSE = "year_close"


class Correction(Base):
    """A paper such as J-2026-0001. Rows are added and never changed.

    `document_hash` is the SHA-256 of the document behind it, `reverses` the entry that is
    to be turned back.
    """

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("length(reason) >= 20", name="reason_says_why"),
        CheckConstraint("(kind = 'reverse') = (reverses IS NOT NULL)", name="reverses_one"),
        CheckConstraint("kind <> 'adjust' OR length(document_hash) = 64", name="has_its_document"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[CorrectionKind]
    effective_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    document_hash: Mapped[str] = mapped_column(String(64))
    reverses: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]

    lines: Mapped[list["CorrectionLine"]] = relationship(order_by="CorrectionLine.line")
    posted: Mapped["CorrectionPosted | None"] = relationship(uselist=False)


class CorrectionLine(Base):
    """A line that is asked for; debits are positive cents."""

    __tablename__ = "correction_line"
    __table_args__ = (CheckConstraint("cents <> 0", name="cents_count"),)

    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account: Mapped[int] = mapped_column(ForeignKey("account.code"))
    sub: Mapped[int]
    earmark: Mapped[int] = mapped_column(ForeignKey("earmark.number"))
    cents: Mapped[int] = mapped_column(Whole)


class CorrectionPosted(Base):
    """The entry that a paper became, once."""

    __tablename__ = "correction_posted"

    correction_id: Mapped[int] = mapped_column(
        ForeignKey("correction.id"), primary_key=True, autoincrement=False
    )
    entry: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
