"""Say in sentences what keeps bank, deposits and receipts apart: how old, how much, whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.deposits import queries as deposits
from diversion.fund.kinds import event_words
from diversion.fund.reconciliation import open_items, queries
from diversion.fund.reconciliation.figures import Figures
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import OpenReceipt, undeposited
from diversion.staff.queries import names_of

# Days after which money on its way is asked about.
LATE = 3
MODES = {
    Mode.CASH: _("cash"),
    Mode.CHECK: _("check"),
    Mode.MONEY_ORDER: _("money order"),
    Mode.CARD: _("card"),
    Mode.UNKNOWN: _("paid in a way nobody wrote down"),
}


@dataclass(frozen=True)
class Break:
    """One difference; `owner` is the number of whoever is to look, `page` and `key` where."""

    sentence: Sentence
    amount: Money
    days: int
    owner: int | None
    page: str
    key: str


def breaks(found: Figures | None, today: date) -> list[Break]:
    """Return all that is unexplained or late, the oldest first."""
    all_ = [*_receipts(today), *_deposits(today)]
    if found is not None:
        all_ += [*_lines(found, today), *_outstanding(found, today), *_gap(found, today)]
        all_ += _holes(today)
    return sorted(all_, key=lambda each: -each.days)


def owners(rows: Sequence[Break]) -> dict[int, str]:
    """Return the names of those who are to look."""
    return names_of({row.owner for row in rows if row.owner is not None})


def _lines(found: Figures, today: date) -> list[Break]:
    standing = queries.standings()
    brought = {s.id: s.brought_by_id for s, _n in queries.statements()}
    return [
        Break(
            _("The bank's line “{words}” waits for a second person.", words=line.words)
            if line.id in standing
            else _("The bank's line “{words}” is explained by nothing.", words=line.words),
            line.amount, (today - line.happened_on).days, brought.get(line.statement_id), "line",
            line.handle,
        )
        for line in found.open_lines
    ]  # fmt: skip


def _gap(found: Figures, today: date) -> list[Break]:
    if not found.gap:
        return []
    more = _("Before the first statement the bank had more than the books.")
    less = _("Before the first statement the books had more than the bank.")
    days = (today - found.gap_since).days
    return [Break(more if found.gap.cents > 0 else less, found.gap, days, None, "gap", "")]


def _holes(today: date) -> list[Break]:
    """Name statements that do not begin where the one before ended: one between them is missing."""
    rows = sorted((s for s, _n in queries.statements()), key=lambda s: (s.first_on, s.last_on))
    sentence = _("Between two statements lines are missing, before {day}.")
    return [
        Break(
            _(sentence.text, day=f"{after.first_on:%m/%d/%Y}"), after.opening - before.closing,
            (today - after.first_on).days, after.brought_by_id, "statement", after.handle,
        )
        for before, after in pairwise(rows)
        if before.closing is not None and after.opening is not None
        and before.last_on < after.first_on and before.closing != after.opening
    ]  # fmt: skip


def _outstanding(found: Figures, today: date) -> list[Break]:
    return [
        Break(
            _("{what} {doc} is in the books and on no statement.", what=event_words(row.event),
              doc=row.doc),
            Money(int(row.cents)), (today - row.on).days, row.actor, "entry", str(row.id),
        )
        for row in open_items.outstanding(found.on)
        if row.back is None and row.reverses is None
    ]  # fmt: skip


def _deposits(today: date) -> list[Break]:
    return [
        Break(
            _("Deposit {number} is not confirmed by the bank.", number=made.number), amount,
            (today - made.deposited_on).days, made.prepared_by_id, "deposit", made.number,
        )
        for made, amount in deposits.on_their_way()
        if (today - made.deposited_on).days > LATE
    ]  # fmt: skip


def _receipts(today: date) -> list[Break]:
    lying = undeposited()
    found = [
        Break(
            _("Receipt {number}, {mode}, is in no deposit.", number=r.number, mode=MODES[r.mode]),
            r.amount, (today - r.on).days, r.cashier, "receipt", str(r.entry),
        )
        for r in lying
        if not r.imported and (today - r.on).days > 1
    ]  # fmt: skip
    return found + _before([r for r in lying if r.imported], today)


def _before(lying: Sequence[OpenReceipt], today: date) -> list[Break]:
    """Name the receipts of the time before the books in one line: there may be hundreds."""
    if not lying:
        return []
    sentence = _("{count} receipts from before these books are in no deposit.", count=len(lying))
    if len(lying) == 1:
        sentence = _("One receipt from before these books is in no deposit.")
    days = (today - min(r.on for r in lying)).days
    return [Break(sentence, Money.total(r.amount for r in lying), days, None, "before", "")]
