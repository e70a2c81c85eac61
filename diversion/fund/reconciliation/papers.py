"""Say what a paper of the bank asks for, and what an approval of it is bound to."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.reconciliation import queries
from diversion.fund.reconciliation.models import (
    BankLine,
    BankPaper,
    DepositedBefore,
    PaperKind,
)
from diversion.ledger.receipts import OpenReceipt, cleared_by, undeposited


class NotMatched(Refused):
    """Only what is matched is taken back."""

    sentence = _("This line is not matched. Look at it again.")


class NotUndone(Refused):
    """What a returned check reopened stays open."""

    sentence = _("A returned check is not taken back here: the fee it had paid is owed again.")


class NothingBefore(Refused):
    """Without receipts there is nothing to say."""

    sentence = _("No receipt from before these books, until that day, is undeposited.")
    field = "until"


class Differs(Refused):
    """What was posted for a line is the line, to the cent."""

    sentence = _("The entries and the bank's line of {day} differ. Nothing was posted.")


def before_of(paper: BankPaper) -> list[OpenReceipt]:
    """Return the receipts that a paper says are at the bank."""
    until = paper.until_on or date.min
    return [r for r in undeposited(imported=True) if r.on <= until]


def amount_of(paper: BankPaper) -> Money:
    """Return how much money a paper is about."""
    if paper.kind is PaperKind.BEFORE:
        return Money.total(r.amount for r in before_of(paper))
    if paper.line_id is not None:
        return Money(abs(db.session.get_one(BankLine, paper.line_id).amount.cents))
    return Money(sum(abs(line.amount.cents) for _match, line in queries.matches_on(paper)))


def hashed(paper: BankPaper) -> str:
    """Return what an approval of a paper is bound to: every line and item, to the cent."""
    return _hashed(paper, before_of(paper) if paper.kind is PaperKind.BEFORE else [])


def hashed_once_said(paper: BankPaper) -> str | None:
    """Return the same of a paper that was carried out, from what stayed of it.

    None while nobody said which receipts from before the books it moves: they may change.
    """
    if paper.kind is not PaperKind.BEFORE:
        return hashed(paper)
    entry = db.session.scalar(
        select(DepositedBefore.entry).where(DepositedBefore.paper_id == paper.id)
    )
    if entry is None and paper.until_on:
        return None
    return _hashed(paper, cleared_by(entry or 0))


def _hashed(paper: BankPaper, receipts: Iterable[OpenReceipt]) -> str:
    matches = queries.matches_on(paper)
    items = queries.items_of([match.id for match, _line in matches])
    asked = [
        (line.handle, line.amount.cents, match.meaning.value,
         [(item.kind.value, item.item) for item in items.get(match.id, [])])
        for match, line in matches
    ]  # fmt: skip
    before = [r.number for r in receipts]
    about = {"kind": paper.kind, "until": paper.until_on, "line": paper.line_id}
    return once.request_hash("bank", {**about, "lines": asked, "before": before})


def about_line(line_id: int) -> list[BankPaper]:
    """Return the papers that ask to take a line's match back, the newest first."""
    query = select(BankPaper).where(BankPaper.line_id == line_id)
    return list(db.session.scalars(query.order_by(BankPaper.id.desc())))


def is_before_asked() -> bool:
    """Say whether somebody asks already until which day the bank has old receipts."""
    query = select(BankPaper.handle).where(BankPaper.kind == PaperKind.BEFORE)
    return bool(set(db.session.scalars(query)) & queries.waiting_papers())
