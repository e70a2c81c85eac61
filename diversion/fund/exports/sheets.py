"""Fill each sheet of the month's workbook."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from diversion.core.money import ZERO, Money
from diversion.core.workbooks.long import LongTable
from diversion.core.workbooks.sheets import Sheet
from diversion.fees import exported
from diversion.fees import queries as fees
from diversion.fees.aging.queries import AgedCharge, aging
from diversion.fund.drawers import queries as drawers
from diversion.fund.exports.banked import seen
from diversion.fund.exports.columns import (
    DEPOSITS,
    JOURNAL,
    RECEIPTS,
    RECEIVABLES,
    TRIAL_BALANCE,
)
from diversion.fund.exports.journal_rows import journal_rows, learn
from diversion.fund.kinds import event_words
from diversion.ledger import bags, extracts, queries
from diversion.ledger.accounts import Group
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range

CHARGED = {Event.ASSESS, Event.ASSESS_UP, Event.RETURNED_FEE, Event.UNDO_IMPORT}
WAIVED = {Event.WAIVE, Event.REDUCE, Event.WRITE_OFF, Event.REINSTATE}


@dataclass
class Filled:
    """A finished sheet and what its writer added up, in cents, column by column or by key.

    `spans` has the first and the last row of each series of receipts.
    """

    sheet: Sheet
    sums: Counter[Any] = field(default_factory=Counter)
    spans: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class FilledJournal:
    """The finished journal, what its writer added up, and its first and last entry."""

    table: LongTable
    sums: Counter[Any] = field(default_factory=Counter)
    first: int = 0
    last: int = 0


def trial_balance(book: Workbook, wanted: Range, footer: str) -> Filled:
    """Write a line per account; `sums` has closings by account and sums by group."""
    filled = Filled(Sheet(book, "Trial balance", TRIAL_BALANCE, footer=footer))
    for line in queries.trial_balance(wanted.first, wanted.last, up_to=wanted.up_to):
        a = line.account
        filled.sheet.append(
            (a.code, a.name, a.kind.value, a.group.value, line.opening, line.debits,
             line.credits, line.closing, a.county_string)
        )  # fmt: skip
        filled.sums[a.code] += line.opening.cents
        filled.sums["closing", a.code] += line.closing.cents
        filled.sums[a.group] += line.closing.cents
    filled.sheet.close()
    return filled


def journal(book: Workbook, wanted: Range, footer: str) -> FilledJournal:
    """Write every line; `sums` has Debit, Credit, Entries, and the movement by account."""
    table = LongTable(book, "Journal", JOURNAL, freeze="C2", footer=footer)
    filled = FilledJournal(table)
    for line in journal_rows(wanted):
        row = line.row
        table.append(
            (row.entry_id, row.line, row.effective_on, row.posted_at, row.period, row.event,
             line.document, row.account, row.name, row.sub or None, line.participant or None,
             row.earmark or None, line.debit if line.debit else None,
             line.credit if line.credit else None, row.cents, line.entered_by,
             line.approved_by or None, row.reverses, row.reversed_by, row.hash[:16])
        )  # fmt: skip
        filled.sums["Debit"] += line.debit.cents
        filled.sums["Credit"] += line.credit.cents
        filled.sums["Entries"] += row.line == 1
        filled.sums[row.account] += row.cents
        filled.first, filled.last = filled.first or row.entry_id, row.entry_id
    table.close()
    return filled


def receipts(book: Workbook, wanted: Range, zone: ZoneInfo, footer: str) -> Filled:
    """Write every receipt by number; `sums` has Amount."""
    filled = Filled(Sheet(book, "Receipts", RECEIPTS, freeze="C2", footer=footer))
    names: dict[int, str] = {}
    drawer_of = drawers.holder(wanted.first, wanted.last)
    for rows in extracts.receipts(wanted):
        learn(names, [row.actor for row in rows] + [r.back_actor for r in rows if r.back_actor])
        keys = [row.id for row in rows]
        inside, people = bags.bags_of(keys, wanted.up_to), fees.payors_of(keys)
        back = exported.taken_back(keys, wanted.up_to)
        for row in rows:
            filled.sheet.append(
                _receipt(
                    row,
                    inside.get(row.id),
                    people.get(row.id),
                    names,
                    zone,
                    back.get(row.id, "ok"),
                    drawer_of(row.actor, row.posted_at),
                )
            )
            filled.sums["Amount"] += row.cents
            filled.spans.setdefault(row.series, []).append(filled.sheet.rows)
            del filled.spans[row.series][1:-1]
    filled.sheet.close()
    return filled


def _receipt(
    row: Any, bag: Any, person: Any, names: dict[int, str], zone: ZoneInfo, state: str,
    drawer: str | None,
) -> Sequence[Any]:  # fmt: skip
    number, payor = person or (None, None)
    return (
        f"{row.series}{row.number:06d}", row.number, row.effective_on,
        f"{row.posted_at.astimezone(zone):%H:%M}", number, payor and payor.value,
        str(event_words(row.event)), row.mode.value, row.reference or None, Money(row.cents),
        Money(int(row.applied)), Money(int(row.credited)), names.get(row.actor, ""),
        drawer, bag and bag.doc, bag and bag.effective_on,
        (bag.effective_on - row.effective_on).days if bag else None,
        "void" if row.back else state, names.get(row.back_actor or 0), row.back_on, row.entry,
    )  # fmt: skip


def deposits(book: Workbook, wanted: Range, footer: str) -> Filled:
    """Write every deposit; `sums` has Total."""
    filled = Filled(Sheet(book, "Deposits", DEPOSITS, footer=footer))
    names: dict[int, str] = {}
    for rows in bags.deposits(wanted):
        bank = bags.confirmed([row.id for row in rows], wanted.up_to)
        shown_at = seen([found.id for found in bank.values()])
        apart = bags.differences([row.id for row in rows], wanted.up_to)
        shown = extracts.numbers_of([key for row in rows for key in (row.low, row.high)])
        learn(names, [row.actor for row in rows] + [found.actor for found in bank.values()])
        for row in rows:
            taken = bank.get(row.id)
            state = "reversed" if row.back else "at the bank" if taken else "in transit"
            line = shown_at.get(taken.id) if taken else None
            filled.sheet.append(
                (row.doc, row.effective_on, names.get(row.actor, ""),
                 names.get(taken.actor) if taken else None, Money(int(row.cash)),
                 Money(int(row.checks)), Money(int(row.orders)), Money(int(row.total)),
                 row.receipts, shown[row.low], shown[row.high],
                 line.on if line else taken and taken.effective_on,
                 (line and line.reference) or None, apart.get(row.id, ZERO), state, row.id)
            )  # fmt: skip
            filled.sums["Total"] += row.total
    filled.sheet.close()
    return filled


def receivables(book: Workbook, wanted: Range, footer: str) -> Filled:
    """Write what is owed at the end of the range, obligation by obligation; `sums` has Balance."""
    filled = Filled(Sheet(book, "Receivables aging", RECEIVABLES, footer=footer))
    known_at = queries.posted_by(wanted.up_to)  # the same file each time, also of the last entry
    charges = aging(wanted.last, up_to=wanted.up_to, known_at=known_at)
    ages = {charge.id: charge for charge in charges}
    for some in _by_hundreds(_obligations(wanted)):
        keys = [key for key, _parts in some]
        numbers = fees.numbers_by_obligation(keys)
        back = exported.refunded(keys, wanted.last, wanted.up_to)
        for key, parts in some:
            filled.sheet.append(
                (numbers.get(key), key, *stands(parts, back.get(key, {})), *_aged(ages.get(key)))
            )
            filled.sums["Balance"] += sum(parts.values())
    filled.sheet.close()
    return filled


def stands(parts: Mapping[Event, int], back: Mapping[bool, Money]) -> Sequence[Money]:
    """Return charged, waived, paid, refunded, balance; the last is the first less what is between.

    A fee that was paid back and is not owed any more is waived: `back` has that under False.
    """
    charged = Money(sum(cents for event, cents in parts.items() if event in CHARGED))
    waived = Money(-sum(cents for event, cents in parts.items() if event in WAIVED))
    owed, gone = back.get(True, ZERO), back.get(False, ZERO)
    balance = Money(sum(parts.values()))
    return charged, waived + gone, charged - waived - balance + owed, owed + gone, balance


def _aged(charge: AgedCharge | None) -> Sequence[Any]:
    if charge is None:
        return (None,) * 8
    plan = "behind" if charge.aged.behind else "current"
    parts = [amount for _age, amount in charge.aged.by_age]
    return (*parts, charge.next_due, plan if charge.in_plan else None, charge.last_paid_on)


def _obligations(wanted: Range) -> Iterator[tuple[int, dict[Event, int]]]:
    key, parts = 0, dict[Event, int]()
    for rows in extracts.receivables(wanted):
        for row in rows:
            if parts and row.sub != key:
                yield key, parts
                parts = {}
            key = row.sub
            parts[row.event] = int(row.cents)
    if parts:
        yield key, parts


def _by_hundreds(items: Iterator[Any]) -> Iterator[list[Any]]:
    held: list[Any] = []
    for item in items:
        held.append(item)
        if len(held) == 100:
            yield held
            held = []
    if held:
        yield held


def group_sums(filled: Filled) -> dict[Group, Money]:
    """Return what the closings of each group that was used add up to."""
    return {g: Money(filled.sums.get(g, ZERO.cents)) for g in Group if g in filled.sums}
