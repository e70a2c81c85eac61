"""Fill the sheets of what somebody else should look at, what was paid, what became of months."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from openpyxl import Workbook

from diversion.core.money import Money
from diversion.core.workbooks.sheets import Column, Kind, Sheet
from diversion.fees import exported
from diversion.fees import queries as fees
from diversion.fees.remittees import queries as remittees
from diversion.fund.exports.banked import seen
from diversion.fund.exports.journal_rows import learn
from diversion.fund.exports.paid import papers_of
from diversion.fund.exports.sent_on import sent_on
from diversion.fund.exports.sheets import Filled
from diversion.fund.kinds import event_words
from diversion.fund.weekly.unusual import words_of
from diversion.ledger import unusual
from diversion.ledger.commands import PeriodState
from diversion.ledger.extracts import Range
from diversion.ledger.registers import shown_receipt

W, M, D = Kind.WHOLE, Kind.MONEY, Kind.DAY
ADJUSTMENTS = (
    Column("Entry", W, 9), Column("Date", D, 12), Column("Type", width=24),
    Column("Participant no.", width=14), Column("Amount", M, 14), Column("Reason", width=24),
    Column("Paper", width=18), Column("Requested", width=18), Column("Approved", width=18),
)  # fmt: skip
DISBURSEMENTS = (
    Column("Voucher", width=14), Column("Payee type", width=14), Column("Payee", width=30),
    Column("Grant", width=14), Column("Purpose", width=16), Column("Earmark", W, 9),
    Column("Requested", width=18), Column("Approved", width=18), Column("Paid by", width=18),
    Column("Check/EFT no.", width=16), Column("Date", D, 12), Column("Amount", M, 14),
    Column("Cleared", D, 12), Column("Entry", W, 9),
)  # fmt: skip
PERIODS = (
    Column("Period", W, 9), Column("Status", width=10), Column("Since (UTC)", Kind.INSTANT, 19),
    Column("By", width=18), Column("Last entry", W, 10), Column("Its hash (16)", width=19),
    Column("Reopened n", W, 11), Column("Reasons", width=60),
)  # fmt: skip
STATUTORY = (
    Column("Receipt no.", width=16), Column("Date", D, 12), Column("Amount", M, 14),
    Column("Remitted date", D, 14), Column("Remittee", width=30), Column("Entry", W, 9),
    Column("Event", width=24), Column("Paper", width=18),
)  # fmt: skip


def adjustments(book: Workbook, wanted: Range, footer: str) -> Filled:
    """Write waivers, voids, returned items, refunds and corrections; `sums` has Amount."""
    filled = Filled(Sheet(book, "Adjustments", ADJUSTMENTS, footer=footer))
    rows = unusual.exceptions(wanted)
    names = _names(rows)
    why = exported.reasons([row.id for row in rows])
    people = fees.numbers_by_obligation([row.sub for row in rows if row.sub])
    for row in rows:
        filled.sheet.append(
            (row.id, row.effective_on, str(words_of(row.event)), people.get(row.sub or 0),
             Money(int(row.cents)), why.get(row.id), row.doc or None, names.get(row.actor, ""),
             names.get(row.approver or 0))
        )  # fmt: skip
    filled.sheet.close()
    return filled


def disbursements(book: Workbook, wanted: Range, footer: str) -> Filled:
    """Write every payment with its papers; `sums` has Amount. A survivor has no name here."""
    filled = Filled(Sheet(book, "Disbursements", DISBURSEMENTS, footer=footer))
    rows = unusual.payments(wanted)
    papers, cleared = papers_of([row.id for row in rows]), seen([row.id for row in rows])
    names = _names([*rows, *papers.values()])
    for row in rows:
        paper = papers.get(row.id)
        said = paper.cells(names) if paper else (None,) * 7
        filled.sheet.append(
            (*said[:5], row.earmark or None, said[5], names.get(row.approver or 0) or said[6],
             names.get(row.actor, ""), paper.reference if paper else row.doc or None,
             row.effective_on, Money(int(row.out)),
             cleared[row.id].on if row.id in cleared else None, row.id)
        )  # fmt: skip
        filled.sums["Amount"] += int(row.out)
    filled.sheet.close()
    return filled


def periods(book: Workbook, wanted: Range, footer: str) -> Filled:
    """Write how each month stood, and how often it was opened again."""
    filled = Filled(Sheet(book, "Periods", PERIODS, footer=footer))
    rows = unusual.becoming(wanted)
    names = _names(rows)
    for number in sorted({row.period_id for row in rows}):
        own = [row for row in rows if row.period_id == number]
        again = [
            now for before, now in pairwise(own)
            if before.state is PeriodState.CLOSED and now.state is PeriodState.OPEN
        ]  # fmt: skip
        last = own[-1]
        filled.sheet.append(
            (number, last.state.value, last.happened_at, names.get(last.actor, ""),
             last.last_entry, (last.hash or "")[:16], len(again),
             "; ".join(row.reason for row in again) or None)
        )  # fmt: skip
    filled.sheet.close()
    return filled


def statutory(book: Workbook, wanted: Range, footer: str) -> None:
    """Write what is held for the state, and when each receipt's part of it was sent on.

    A county without that fee gets no such sheet.
    """
    if not unusual.is_statutory_on():
        return
    sheet = Sheet(book, "Statutory fee", STATUTORY, footer=footer)
    offices = remittees.names()
    rows = unusual.held_for_others(replace(wanted, first=date.min))
    sent = sent_on(rows)
    for row in rows:
        if row.effective_on < wanted.first:
            continue
        sheet.append(
            (shown_receipt(row) or None, row.effective_on, Money(int(row.due)),
             sent.get((row.id, row.remittee)), offices.get(row.remittee, str(row.remittee)),
             row.id, str(event_words(row.event)), row.doc or None)
        )  # fmt: skip
    sheet.close()


def _names(rows: Any) -> dict[int, str]:
    names: dict[int, str] = {}
    learn(names, [row.actor for row in rows] + [
        row.approver for row in rows if getattr(row, "approver", None)
    ])  # fmt: skip
    return names
