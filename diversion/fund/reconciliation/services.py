"""Let people say what the lines of statements are; ask a second person where needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.reconciliation import carrying, open_items, papers, queries
from diversion.fund.reconciliation.models import (
    BankLine,
    BankMatch,
    BankMatchItem,
    BankPaper,
    ItemKind,
    Meaning,
    PaperKind,
)
from diversion.fund.reconciliation.postings import COMES_IN, GOES_OUT
from diversion.fund.reconciliation.queries import State
from diversion.fund.reconciliation.rules import Item, Proposal, propose
from diversion.ledger import services as books
from diversion.ledger.receipts import undeposited
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.models import Staff

SECOND = frozenset({Meaning.RETURNED, Meaning.TRANSFER_IN, Meaning.TRANSFER_OUT})


class TakenBack(Refused):
    """The lines of a statement that does not belong here are nothing of ours."""

    sentence = _("This statement was taken back. Its lines count no more.")


class NotOpen(Refused):
    """Somebody else explained the line meanwhile."""

    sentence = _("The line of {day}, {amount}, is explained already. Look at it again.")


class DoesNotAddUp(Invalid):
    """What a line is matched with is the line's amount, to the cent."""

    sentence = _("These add up to {sum}. The line is {amount}.")
    field = "items"


class NothingChosen(Invalid):
    """A match says something."""

    sentence = _("Tick at least one line.")


class WrongWay(Invalid):
    """Interest comes in, a charge goes out."""

    sentence = _("This does not fit a line of this direction.")
    field = "meaning"


@dataclass(frozen=True)
class Choice:
    """What a person says a line is."""

    line: BankLine
    meaning: Meaning
    items: tuple[Item, ...] = ()

    @property
    def needs_second(self) -> bool:
        """Say whether a second person approves it before it is posted."""
        before = any(item.kind is ItemKind.RECEIPT for item in self.items)
        return self.meaning in SECOND or before


@dataclass(frozen=True)
class Said:
    """What came of it: posted at once, or asked of a second person as one paper."""

    paper: BankPaper
    lines: int
    is_posted: bool


def proposals(rows: Sequence[BankLine]) -> dict[int, Proposal]:
    """Return what the program takes the open ones of these lines for, by line."""
    standing = queries.standings()
    numbers = [row.check_number for row in rows]
    open_ = [row for row in rows if row.id not in standing]
    checks = open_items.bounced(numbers)
    found = propose(open_items.lines(open_), open_items.items(), checks)
    return {proposal.line: proposal for proposal in found}


def say(choices: Sequence[Choice], *, by: Staff, on: date, now: datetime) -> Said:
    """Say what lines are, all at once: posted if nobody else is needed, else asked for.

    Raises NothingChosen, NotOpen, DoesNotAddUp, WrongWay, and what posting raises.
    """
    books.hold()
    if not choices:
        raise NothingChosen
    _check(choices)
    made = _paper(PaperKind.MATCH, by=by, now=now)
    for choice in choices:
        _keep(made, choice)
    db.session.flush()
    if any(choice.needs_second for choice in choices):
        _ask(made, by=by, now=now)
        return Said(made, len(choices), is_posted=False)
    carrying.carry_out(made, approved_by=None, on=on, now=now)
    return Said(made, len(choices), is_posted=True)


def _check(choices: Sequence[Choice]) -> None:
    standing, gone = queries.standings(), queries.gone()
    for choice in choices:
        line = choice.line
        if line.statement_id in gone:
            raise TakenBack
        if line.id in standing:
            day = f"{line.happened_on:%m/%d/%Y}"
            raise NotOpen(_(NotOpen.sentence.text, day=day, amount=line.amount))
        ways = COMES_IN if line.amount.cents > 0 else GOES_OUT
        if choice.meaning is not Meaning.CLEARED and choice.meaning not in ways:
            raise WrongWay
        sum_ = Money.total(item.amount for item in choice.items)
        if choice.meaning is Meaning.RETURNED:
            sum_ = -sum_
        named = choice.meaning in {Meaning.DEPOSIT, Meaning.CLEARED, Meaning.RETURNED}
        if named and sum_ != line.amount:
            raise DoesNotAddUp(_(DoesNotAddUp.sentence.text, sum=sum_, amount=line.amount))


def _keep(paper: BankPaper, choice: Choice) -> None:
    turn = select(func.coalesce(func.max(BankMatch.turn), 0)).where(
        BankMatch.line_id == choice.line.id
    )
    match = BankMatch(
        paper_id=paper.id, line_id=choice.line.id, meaning=choice.meaning,
        turn=(db.session.scalar(turn) or 0) + 1,
    )  # fmt: skip
    db.session.add(match)
    db.session.flush()
    db.session.add_all(
        BankMatchItem(match_id=match.id, kind=item.kind, item=item.key) for item in choice.items
    )


def _ask(paper: BankPaper, *, by: Staff, now: datetime) -> None:
    approvals.ask(
        Matter.BANK, paper.handle, amount=papers.amount_of(paper),
        request_hash=papers.hashed(paper), by=by, now=now,
    )  # fmt: skip


def unmatch(line: BankLine, *, by: Staff, on: date, now: datetime) -> Said:
    """Take a match back; a second person approves it if entries are to be reversed.

    Raises NotMatched, NotUndone, Asked.
    """
    books.hold()
    standing = queries.standings([line.id]).get(line.id, queries.OPEN)
    if standing.state is not State.HELD or standing.match is None:
        raise papers.NotMatched
    if standing.match.meaning is Meaning.RETURNED:
        raise papers.NotUndone
    if {paper.handle for paper in papers.about_line(line.id)} & queries.waiting_papers():
        raise approvals.Asked
    made = _paper(PaperKind.UNMATCH, by=by, now=now, line_id=line.id)
    if any(entry.posted for entry in standing.entries):
        _ask(made, by=by, now=now)
        return Said(made, 1, is_posted=False)
    carrying.carry_out(made, approved_by=None, on=on, now=now)
    return Said(made, 1, is_posted=True)


def ask_before(until: date, *, by: Staff, now: datetime) -> BankPaper:
    """Ask to say of the receipts until a day, from before these books, that the bank has them.

    Raises NothingBefore, Asked.
    """
    books.hold()
    if not [r for r in undeposited(imported=True) if r.on <= until]:
        raise papers.NothingBefore
    if papers.is_before_asked():
        raise approvals.Asked
    made = _paper(PaperKind.BEFORE, by=by, now=now, until_on=until)
    _ask(made, by=by, now=now)
    return made


def _paper(kind: PaperKind, *, by: Staff, now: datetime, until_on: date | None = None,
           line_id: int | None = None) -> BankPaper:  # fmt: skip
    made = BankPaper(kind=kind, until_on=until_on, line_id=line_id, asked_by_id=by.id, asked_at=now)
    db.session.add(made)
    db.session.flush()
    record(Act.BANK_PAPER_MADE, f"paper:{made.handle}", by=by, kind=kind.value)
    return made
