"""Tie the sheets of the month's workbook to the ledger, by formulas that anyone can follow.

Beside each formula stands what the program itself added up while it wrote the
sheets: a preview shows formulas empty, a constant never.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from diversion.core.money import ZERO, Money
from diversion.core.release import VERSION
from diversion.core.workbooks.sheets import Column, Formula, Kind, Sheet, Typed
from diversion.fund.exports.sheets import Filled, FilledJournal, group_sums
from diversion.fund.exports.standings import ACCOUNTABILITY, ENDING
from diversion.fund.statements.cash import CASH
from diversion.ledger.accounts import DEFERRED, IN_TRANSIT, RECEIVABLE
from diversion.ledger.extracts import Range, Sums
from diversion.ledger.queries import Head

CONTROL = (
    Column("Item", width=46), Column("Ledger value", Kind.MONEY, 22),
    Column("Sheet value", Kind.MONEY, 18), Column("As the program added it up", Kind.MONEY, 27),
    Column("Difference", Kind.MONEY, 13), Column("OK", Kind.TRUTH, 8),
)  # fmt: skip
TIES = "WORKBOOK TIES"
HEAD = ACCOUNTABILITY[0].title


@dataclass(frozen=True)
class Item:
    """One thing that must agree: the ledger's value, the formula, the program's own sum."""

    title: str
    ledger: Money | int
    formula: str
    added: Money | int


@dataclass(frozen=True)
class Book:
    """The sheets that were filled, and what the ledger says of the same range."""

    wanted: Range
    head: Head
    sums: Sums
    closings: dict[int, Money]
    series: Sequence[tuple[str, int, int, int]]
    trial: Filled
    journal: FilledJournal
    receipts: Filled
    deposits: Filled
    receivables: Filled
    adjustments: Filled
    disbursements: Filled
    accountable: Filled
    paid: Money
    unusual: int


class DoesNotTie(RuntimeError):
    """The sheets differ from the ledger: the file is not handed out."""


def items(book: Book) -> list[Item]:
    """Return all that must agree, in the order of the sheet."""
    return [
        *_journal(book), *_papers(book), *_money(book), *_numbers(book), *_accounts(book),
        *_zeros(book),
    ]  # fmt: skip


def _journal(book: Book) -> Iterable[Item]:
    j, sums, s = book.journal, book.sums, book.journal.table
    entry = s.ranges("Entry")
    return [
        Item("Debits", sums.debits, f"=SUM({s.ranges('Debit')})", Money(j.sums["Debit"])),
        Item("Credits", sums.credits, f"=SUM({s.ranges('Credit')})", Money(j.sums["Credit"])),
        Item("Entries", sums.entries, f"={s.count_if('Line', '1')}", j.sums["Entries"]),
        Item("Lines", sums.lines, f"=COUNT({entry})", s.rows),
        Item("First entry", sums.first_entry, f"=MIN({entry})", j.first),
        Item("Last entry", sums.last_entry, f"=MAX({entry})", j.last),
    ]


def _papers(book: Book) -> Iterable[Item]:
    sums, given, bags = book.sums, book.receipts.sheet, book.deposits.sheet
    owed, last = book.receivables.sheet, book.closings.get(RECEIVABLE, ZERO)
    return [
        Item("Receipts", sums.receipts, f"=COUNTA({given.range('Receipt no.')})", given.rows),
        Item("Receipts, amount", sums.received, f"=SUM({given.range('Amount')})",
             Money(book.receipts.sums["Amount"])),
        Item("Deposits", sums.deposits, f"=COUNTA({bags.range('Deposit no.')})", bags.rows),
        Item("Deposits, amount", sums.deposited, f"=SUM({bags.range('Total')})",
             Money(book.deposits.sums["Total"])),
        Item("Deposits, as account 1015 has them", sums.deposited, _deposited(book),
             Money(book.deposits.sums["Total"])),
        Item("Receivables, balance", last, f"=SUM({owed.range('Balance')})",
             Money(book.receivables.sums["Balance"])),
    ]  # fmt: skip


def _money(book: Book) -> Iterable[Item]:
    paid, cash = book.disbursements, book.accountable
    on_hand = Money.total(book.closings.get(code, ZERO) for code in CASH)
    ending = f'=SUMIFS({cash.sheet.range("Amount")},{cash.sheet.range(HEAD)},"{ENDING}")'
    return [
        Item("Paid out", book.paid, f"=SUM({paid.sheet.range('Amount')})",
             Money(paid.sums["Amount"])),
        Item("Adjustments, entries", book.unusual,
             f"=COUNT({book.adjustments.sheet.range('Entry')})", book.adjustments.sheet.rows),
        Item("Cash to account for", on_hand, ending, Money(cash.sums[ENDING])),
    ]  # fmt: skip


def _deposited(book: Book) -> str:
    s = book.journal.table
    return "=" + s.sum_ifs("Debit", Account=str(IN_TRANSIT), Event='"DEPOSIT"')


def _numbers(book: Book) -> Iterable[Item]:
    s = book.receipts.sheet
    for prefix, count, low, high in book.series:
        span = book.receipts.spans.get(prefix, [1])
        first, last = span[0], span[-1]
        cells = s.range("No. in series", first, last)
        formula = f"=MAX({cells})-MIN({cells})+1-COUNT({cells})"
        missing = high - low + 1 - count
        yield Item(
            f"Receipts {prefix}: numbers missing", missing, formula, high - low - last + first
        )


def _accounts(book: Book) -> Iterable[Item]:
    t, j = book.trial.sheet, book.journal.table
    for code, closing in book.closings.items():
        formula = (
            f"=SUMIFS({t.range('Opening')},{t.range('Account')},{code})"
            f"+{j.sum_ifs('Debit', Account=str(code))}"
            f"-({j.sum_ifs('Credit', Account=str(code))})"
        )
        added = Money(book.trial.sums[code] + book.journal.sums[code])
        yield Item(f"Closing of {code}", closing, formula, added)


def _zeros(book: Book) -> Iterable[Item]:
    t = book.trial.sheet
    for group, added in group_sums(book.trial).items():
        formula = f'=SUMIFS({t.range("Closing")},{t.range("Group")},"{group.value}")'
        yield Item(f"Sum of group {group.value}", ZERO, formula, added)
    owed, mirror = (
        f"SUMIFS({t.range('Closing')},{t.range('Account')},{code})"
        for code in (RECEIVABLE, DEFERRED)
    )
    added = Money(sum(book.trial.sums["closing", code] for code in (RECEIVABLE, DEFERRED)))
    yield Item("1200 and 2500 together", ZERO, f"={owed}+{mirror}", added)


def fill(sheet: Sheet, book: Book) -> None:
    """Write the control sheet. Raises DoesNotTie before anything is handed out."""
    agreed = items(book)
    wrong = [item.title for item in agreed if item.ledger != item.added]
    if wrong:
        raise DoesNotTie(f"{len(wrong)} items differ")
    for title, value in about(book.wanted, book.head):
        sheet.append((title, Typed(value, Kind.TEXT), None, None, None, None))
    first = sheet.rows + 2
    for item in agreed:
        sheet.append(_row(item, sheet.rows + 2))
    last = sheet.rows + 1
    ties = Formula(f"=AND(F{first}:F{last})", Kind.TRUTH)
    sheet.append((TIES, None, ties, Typed(True, Kind.TRUTH), None, ties))
    for title in ("Debit", "Credit"):
        shown = Formula(f"=SUBTOTAL(109,{book.journal.table.ranges(title)})", Kind.MONEY)
        sheet.append((f"{title}s that your filter in Journal shows", None, shown))
    sheet.close()


def _row(item: Item, row: int) -> tuple[Any, ...]:
    kind = Kind.MONEY if isinstance(item.ledger, Money) else Kind.WHOLE
    return (
        item.title, Typed(item.ledger, kind), Formula(item.formula, kind),
        Typed(item.added, kind), Formula(f"=ROUND(B{row}-C{row},2)", kind),
        Formula(f"=E{row}=0", Kind.TRUTH),
    )  # fmt: skip


def about(wanted: Range, head: Head) -> list[tuple[str, str]]:
    """Return what every file says of itself; nothing of it changes for the same last entry."""
    posted = head.posted_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if head.posted_at else ""
    return [
        ("Fund", "Human Trafficking Account"),
        ("Basis", "modified accrual"),
        ("From", wanted.first.isoformat()),
        ("To", wanted.last.isoformat()),
        ("Up to entry", str(wanted.up_to)),
        ("Its hash", head.hash),
        ("Posted (UTC)", posted),
        ("Program version", VERSION),
    ]
