"""Check that nothing about a month still waits for a second person."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.words import _
from diversion.fund.corrections.models import Correction
from diversion.fund.deposits.models import DepositDraft, DepositTaking
from diversion.fund.periods.models import Check
from diversion.fund.periods.outcome import Asked, Outcome
from diversion.fund.reconciliation.models import BankLine, BankMatch, BankPaper
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import subjects_waiting

Days = Callable[[], Select[*tuple[Any, ...]]]
M = Matter


def _of_lines() -> Select[*tuple[Any, ...]]:
    """Return papers of the bank with the first day that they are about."""
    own = func.min(BankLine.happened_on)
    found = select(BankPaper.handle, func.coalesce(BankPaper.until_on, own))
    found = found.outerjoin(BankMatch, BankMatch.paper_id == BankPaper.id)
    line = (BankLine.id == BankMatch.line_id) | (BankLine.id == BankPaper.line_id)
    return found.outerjoin(BankLine, line).group_by(BankPaper.handle, BankPaper.until_on)


# By what is asked: where its day stands, and the page that shows it.
ABOUT: tuple[tuple[tuple[Matter, ...], Days, str], ...] = (
    ((M.DEPOSIT_DIFFERENCE,), lambda: select(DepositTaking.handle, DepositTaking.taken_on),
     "fund.deposits.start"),
    ((M.OVER_SHORT,), lambda: select(DepositDraft.handle, DepositDraft.drawn_on),
     "fund.deposits.new"),
    ((M.BANK,), _of_lines, "fund.bank.start"),
    ((M.ADJUSTMENT, M.REVERSAL), lambda: select(Correction.number, Correction.effective_on),
     "fund.corrections.start"),
)  # fmt: skip


def waiting(asked: Asked) -> Outcome:
    """Count what would be posted in the month, or be missing in it, once somebody decides."""
    found = [(page, n) for matters, days, page in ABOUT
             if (n := _until(days(), subjects_waiting(matters), asked.month.last))]  # fmt: skip
    count = sum(n for _page, n in found)
    words = _("Papers that wait for a second person: {count}", count=count)
    nothing = _("Nothing about the month waits for a second person")
    page = found[0][0] if found else "fund.bank.start"
    return Outcome(Check.WAITING, count, words if found else nothing, page)


def _until(query: Select[*tuple[Any, ...]], waiting_: Iterable[str], last: date) -> int:
    subjects = set(waiting_)
    rows = db.session.execute(query).all() if subjects else []
    return sum(subject in subjects and day is not None and day <= last for subject, day in rows)
