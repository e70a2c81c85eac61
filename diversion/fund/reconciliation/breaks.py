"""Say in sentences what keeps bank, deposits and receipts apart: how old, how much, whose."""

from datetime import date
from itertools import pairwise

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.kinds import event_words
from diversion.fund.reconciliation import open_items, queries
from diversion.fund.reconciliation.figures import Figures
from diversion.fund.reconciliation.late import Break, deposits_late, receipts_late


def breaks(found: Figures | None, today: date) -> list[Break]:
    """Return all that is unexplained or late, the oldest first."""
    all_ = [*receipts_late(today), *deposits_late(today)]
    if found is not None:
        all_ += [*_lines(found, today), *_outstanding(found, today), *_gap(found, today)]
        all_ += _holes(today)
    return sorted(all_, key=lambda each: -each.days)


def _lines(found: Figures, today: date) -> list[Break]:
    standing = queries.standings()
    brought = {s.id: s.brought_by_id for s, *_n in queries.statements()}
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
    live = (s for s, _n, back in queries.statements() if back is None)
    rows = sorted(live, key=lambda s: (s.first_on, s.last_on))
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
        for row in open_items.unseen(found.on)
    ]  # fmt: skip
