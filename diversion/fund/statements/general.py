"""Build the general ledger of an account: a page at a time, or all of it for a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from diversion.core.money import ZERO, Money
from diversion.core.words import Sentence, _
from diversion.core.workbooks.sheets import Kind
from diversion.fund.kinds import event_words
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import by_account, reports
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import BY_CODE
from diversion.ledger.registers import shown_receipt
from diversion.web.paging import Page, page_at

M = Kind.MONEY
LEDGER = (
    Column(_("Date"), Kind.DAY, 12), Column(_("Entry"), Kind.WHOLE, 9),
    Column(_("Event"), width=28), Column(_("Document"), width=18), Column(_("Debit"), M),
    Column(_("Credit"), M),
    Column(_("Balance"), M),
)  # fmt: skip
TIES = _("Running balance less trial balance")


class DoesNotTie(RuntimeError):
    """The running balance is not that of the trial balance: the file is not handed out."""


def general_ledger(asked: Question) -> Report:
    """Return a page of the entries of one account, each with the balance after it.

    What a page begins and ends with is asked apart from its rows.
    """
    wanted, code = asked.wanted, asked.account
    page = page_at(by_account.entries(wanted, code), asked.page, asked.size)
    lines = [_told(row) for row in page.rows]
    closing = _closing(asked) if page.next is None else _after(asked, page.rows[-1])
    before = closing - Money.total(moved for _row, moved in lines)
    opening = reports.opening(wanted, code) if page.previous is None else _before(asked, page)
    last = wanted.last if page.next is None else page.rows[-1].effective_on
    rows = [
        _sum(wanted.first if page.previous is None else page.rows[0].effective_on,
             _("Carried forward"), opening),
        *running(opening, page.rows),
        _sum(last, _("Closing balance") if page.next is None else _("Carried over"), closing),
    ]  # fmt: skip
    return Report(LEDGER, rows, ((TIES, opening - before),), _subject(code), page=page)


def whole_ledger(asked: Question) -> Report:
    """Return all of it; its entries are read as they are written. Raises DoesNotTie then."""
    opening, closing = reports.opening(asked.wanted, asked.account), _closing(asked)
    first = _sum(asked.wanted.first, _("Carried forward"), opening)
    rest = _rest(asked, opening, closing)
    return Report(LEDGER, [first], ((TIES, ZERO),), _subject(asked.account), stream=rest)


def running(balance: Money, rows: Iterable[Any]) -> Iterator[Row]:
    """Yield a line for each entry, with the balance after it."""
    for row in rows:
        told, moved = _told(row)
        balance += moved
        link = {"endpoint": "fund.register.entry", "number": row.id}
        yield Row((*told, balance), link=link)


def _rest(asked: Question, balance: Money, closing: Money) -> Iterator[Row]:
    for line in running(balance, by_account.every(asked.wanted, asked.account)):
        balance = line.cells[-1]
        yield line
    if balance != closing:
        raise DoesNotTie
    yield _sum(asked.wanted.last, _("Closing balance"), closing)


def _told(row: Any) -> tuple[tuple[Any, ...], Money]:
    debit, credit = Money(int(row.debits or 0)), Money(int(row.credits or 0))
    told = (row.effective_on, row.id, event_words(row.event), shown_receipt(row) or row.doc)
    return (*told, debit or None, credit or None), debit - credit


def _sum(on: Any, words: Sentence, balance: Money) -> Row:
    return Row((on, None, words, "", None, None, balance), strong=True)


def _after(asked: Question, row: Any) -> Money:
    return by_account.stood_after(asked.wanted, asked.account, (row.effective_on, row.id))


def _before(asked: Question, page: Page[Any]) -> Money:
    """Return what stood before the first entry of a page."""
    row = page.rows[0]
    return by_account.stood_after(asked.wanted, asked.account, (row.effective_on, row.id - 1))


def _closing(asked: Question) -> Money:
    wanted = asked.wanted
    lines = ledger.trial_balance(wanted.first, wanted.last, up_to=wanted.up_to)
    return next((x.closing for x in lines if x.account.code == asked.account), ZERO)


def _subject(code: int) -> str:
    return f"{code} {BY_CODE[code].name}"
