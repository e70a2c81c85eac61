"""Keep the bank's statements, and which entry of the journal each of their lines is."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.words import Worded, _


class Meaning(StrEnum):
    """What a line of a statement is; the program proposes it, a person says so."""

    DEPOSIT = "deposit"
    RETURNED = "returned"
    CLEARED = "cleared"
    CHARGE = "charge"
    INTEREST = "interest"
    DONATION = "donation"
    GRANT = "grant"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"


class ItemKind(StrEnum):
    """What a line is matched with."""

    DEPOSIT = "deposit"
    ENTRY = "entry"
    RECEIPT = "receipt"


class PaperKind(StrEnum):
    """What one person asks for about the bank, and another may have to approve."""

    BEFORE = "before"
    MATCH = "match"
    STATEMENT = "statement"
    UNMATCH = "unmatch"


class WhyBack(Worded):
    """Why a statement does not belong here."""

    OTHER_ACCOUNT = "other_account", _("It is of another account")
    WRONG_FILE = "wrong_file", _("It was the wrong file")
    FAULTY = "faulty", _("The bank sent a faulty file")


class BankStatement(Base):
    """A file from the treasurer. Rows of this room are added and never changed.

    `turn` counts how often a file was brought: again only after it was taken back.
    """

    __tablename__ = "bank_statement"
    __table_args__ = (UniqueConstraint("sha256", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    sha256: Mapped[str] = mapped_column(String(64))
    turn: Mapped[int] = mapped_column(default=1)
    first_on: Mapped[date]
    last_on: Mapped[date]
    opening: Mapped[Money | None]
    closing: Mapped[Money | None]
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    brought_at: Mapped[datetime]


class BankStatementBack(Base):
    """That a statement was taken back before anything was posted on it: it counts no more."""

    __tablename__ = "bank_statement_back"

    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("bank_paper.id"), unique=True)
    reason: Mapped[WhyBack]


class BankLine(Base):
    """A line of a statement: what came (positive) or went, in the bank's words."""

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("statement_id", "place"),
        CheckConstraint("amount <> 0", name="amount_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"))
    place: Mapped[int]
    happened_on: Mapped[date] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(String(80))
    amount: Mapped[Money]
    check_number: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(60))
    balance: Mapped[Money | None]


class BankPaper(Base):
    """What somebody asks for about the bank, all of it at once.

    `line_id` is the line whose match is taken back; `until_on` the last day of the receipts
    that are said to be at the bank.
    """

    __tablename__ = "bank_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    kind: Mapped[PaperKind]
    until_on: Mapped[date | None]
    line_id: Mapped[int | None] = mapped_column(ForeignKey("bank_line.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]


class BankMatch(Base):
    """That a line is taken to be something; it holds once entries are tied to it."""

    __tablename__ = "bank_match"
    __table_args__ = (
        UniqueConstraint("line_id", "turn"),
        CheckConstraint("turn >= 1", name="turn_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    paper_id: Mapped[int] = mapped_column(ForeignKey("bank_paper.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"))
    turn: Mapped[int]
    meaning: Mapped[Meaning]


class BankMatchItem(Base):
    """A receipt, deposit or entry that a line is said to be; `item` is its key."""

    __tablename__ = "bank_match_item"

    match_id: Mapped[int] = mapped_column(ForeignKey("bank_match.id"), primary_key=True)
    kind: Mapped[ItemKind] = mapped_column(primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class BankMatchEntry(Base):
    """An entry that a line is; `posted` for this match, or found in the journal."""

    __tablename__ = "bank_match_entry"

    match_id: Mapped[int] = mapped_column(ForeignKey("bank_match.id"), primary_key=True)
    entry: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    posted: Mapped[bool]


class BankUnmatch(Base):
    """That a match was taken back; what it had posted was reversed."""

    __tablename__ = "bank_unmatch"

    match_id: Mapped[int] = mapped_column(ForeignKey("bank_match.id"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("bank_paper.id"), index=True)
    unmatched_at: Mapped[datetime]


class DepositedBefore(Base):
    """The entry by which receipts from before these books were said to be at the bank."""

    __tablename__ = "deposited_before"

    paper_id: Mapped[int] = mapped_column(ForeignKey("bank_paper.id"), primary_key=True)
    entry: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
