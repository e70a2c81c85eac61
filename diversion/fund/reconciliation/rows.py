"""Put together what the pages of the bank show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from diversion.core.money import ZERO, Money
from diversion.core.words import Sentence, _
from diversion.fund.deposits.rows import entries_at
from diversion.fund.reconciliation import open_items, papers, queries
from diversion.fund.reconciliation.forms import SHORT
from diversion.fund.reconciliation.late import Break
from diversion.fund.reconciliation.models import BankLine, BankMatch, BankPaper, ItemKind
from diversion.fund.reconciliation.queries import OPEN, Standing, State
from diversion.fund.reconciliation.rules import Item, Proposal
from diversion.staff.queries import names_of

CLOSE = timedelta(days=10)
MOST_SHOWN = 60
PAPERS = {
    "match": _("Lines of the bank's statement"),
    "unmatch": _("A match to take back"),
    "before": _("Receipts from before these books, at the bank"),
}


@dataclass(frozen=True)
class Shown:
    """A line of a statement as its page shows it."""

    line: BankLine
    state: State
    meaning: Sentence | None
    items: tuple[str, ...]
    why: Sentence | None
    entries: tuple[int, ...]

    @property
    def is_proposed(self) -> bool:
        """Say whether the program takes the line for something, and a person may confirm it."""
        return self.state is State.OPEN and self.meaning is not None


def shown(lines: Sequence[BankLine], proposals: Mapping[int, Proposal]) -> list[Shown]:
    """Return how lines stand: what each is, or is taken for."""
    standing = queries.standings([line.id for line in lines])
    items = queries.items_of([s.match.id for s in standing.values() if s.match])
    names = open_items.named([row for rows in items.values() for row in rows])
    return [
        _proposed(line, proposals[line.id])
        if line.id in proposals
        else _standing(line, standing.get(line.id, OPEN), items, names)
        for line in lines
    ]


def _proposed(line: BankLine, found: Proposal) -> Shown:
    labels = tuple(item.label for item in found.items)
    word = SHORT[found.meaning] if found.meaning else None
    return Shown(line, State.OPEN, word, labels, found.why, ())


def _standing(line: BankLine, found: Standing, items: Mapping[int, Sequence[object]],
              names: Mapping[tuple[ItemKind, int], str]) -> Shown:  # fmt: skip
    if found.match is None:
        return Shown(line, State.OPEN, None, (), None, ())
    own = items.get(found.match.id, [])
    labels = tuple(names.get((row.kind, row.item), "") for row in own)  # type: ignore[attr-defined]  # (rows of items)
    entries = tuple(entry.entry for entry in found.entries)
    return Shown(line, found.state, SHORT[found.match.meaning], labels, None, entries)


def value_of(item: Item) -> str:
    """Return how a form names an item: by its public number."""
    number = str(item.key) if item.kind is ItemKind.ENTRY else item.label
    return f"{item.kind.value}:{number}"


def candidates(line: BankLine) -> list[Item]:
    """Return what a person may match a line with by hand, the nearest day first."""
    if line.amount > ZERO:
        found = [i for i in open_items.items() if i.amount > ZERO]
    else:
        found = [i for i in open_items.items() if i.amount < ZERO]
        found += open_items.bounced([line.check_number])
    near = [item for item in found if abs(item.on - line.happened_on) <= CLOSE]
    near.sort(key=lambda i: (abs((i.on - line.happened_on).days), i.label))
    return near[:MOST_SHOWN]


def link_of(row: Break, *, reconciles: bool = True) -> str:
    """Return where a difference is looked at; old receipts only by who reconciles."""
    if row.page == "line":
        return url_for("fund.matching.line", handle=row.key)
    if row.page == "statement":
        return url_for("fund.bank.statement", handle=row.key)
    if row.page == "deposit":
        return url_for("fund.deposits.show", number=row.key)
    if row.page in {"entry", "receipt"}:
        return f"{entries_at()}/{row.key}"
    is_asked = row.page == "before" and reconciles
    return url_for("fund.bank_papers.before") if is_asked else ""


def on_paper(paper: BankPaper) -> list[Shown]:
    """Return the lines that a paper is about, with what it says of each."""
    rows: Sequence[tuple[BankMatch, BankLine]] = queries.matches_on(paper)
    items = queries.items_of([match.id for match, _line in rows])
    names = open_items.named([row for own in items.values() for row in own])
    return [
        _standing(line, Standing(State.WAITING, match, paper), items, names) for match, line in rows
    ]


def sum_before(paper: BankPaper) -> tuple[int, Money, date | None]:
    """Return how many receipts a paper says are at the bank, and how much they are."""
    found = papers.before_of(paper)
    return len(found), Money.total(r.amount for r in found), paper.until_on


def owners(rows: Sequence[Break]) -> dict[int, str]:
    """Return the names of those who are to look."""
    return names_of({row.owner for row in rows if row.owner is not None})
