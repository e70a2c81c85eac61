"""Answer what came into the fund in some days, and what it was spent on; nobody is named."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.awards.models import Aim, Award
from diversion.fund.orders.kinds import OrderKind, PayeeKind
from diversion.fund.orders.meaning import EXPENSE
from diversion.fund.orders.models import Order, OrderPosting
from diversion.fund.vouchers.models import Voucher
from diversion.ledger.accounts import Kind
from diversion.ledger.models import AccountRow, Entry, Posting
from diversion.ledger.reports import is_business

_FUND = (Kind.FUND, Kind.REVENUE, Kind.EXPENSE)


@dataclass(frozen=True)
class Spent:
    """What went to one kind of payee for one purpose; `codes` stand for survivors."""

    payee: PayeeKind
    aim: Aim
    amount: Money
    codes: frozenset[str] = frozenset()


def balance_before(first: date) -> Money:
    """Return what the fund was worth before a day."""
    query = (
        select(func.coalesce(func.sum(-Posting.cents), 0))
        .join(Entry, Entry.id == Posting.entry_id)
        .join(AccountRow, AccountRow.code == Posting.account)
        .where(AccountRow.kind.in_(_FUND), Entry.effective_on < first)
    )
    return Money(int(db.session.scalar(query) or 0))


def by_account(
    first: date, last: date, *, up_to: int | None = None
) -> Mapping[int, Money]:  # fmt: skip
    """Return what each account of income, expense and balance took up within some days.

    What closes a year moves the same money once more, so it is left out.
    """
    query = (
        select(Posting.account, func.sum(-Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .join(AccountRow, AccountRow.code == Posting.account)
        .where(AccountRow.kind.in_(_FUND), _within(first, last, up_to))
        .group_by(Posting.account)
    )
    return {account: Money(int(cents)) for account, cents in db.session.execute(query)}


def spent(first: date, last: date, *, up_to: int | None = None) -> list[Spent]:
    """Return what was spent by payee and purpose."""
    query = (
        select(Award.payee_kind, Award.aim, func.sum(Posting.cents))
        .join(Award, Award.id == Posting.sub)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Posting.account.in_(EXPENSE.values()), _within(first, last, up_to))
        .group_by(Award.payee_kind, Award.aim)
        .order_by(Award.payee_kind, Award.aim)
    )
    codes = _codes(first, last, up_to)
    return [
        Spent(payee, aim, Money(int(cents)), frozenset(codes.get((payee, aim), ())))
        for payee, aim, cents in db.session.execute(query)
    ]


def _codes(
    first: date, last: date, up_to: int | None
) -> Mapping[tuple[PayeeKind, Aim], set[str]]:  # fmt: skip
    query = (
        select(Award.payee_kind, Award.aim, Voucher.code)
        .join(Award, Award.id == Voucher.award_id)
        .join(Order, Order.voucher_id == Voucher.id)
        .join(OrderPosting, OrderPosting.order_id == Order.id)
        .join(Entry, Entry.id == OrderPosting.entry)
        .where(
            Voucher.code.is_not(None), Order.kind == OrderKind.VOUCHER, _within(first, last, up_to)
        )
    )
    found: dict[tuple[PayeeKind, Aim], set[str]] = defaultdict(set)
    for payee, aim, code in db.session.execute(query):
        found[payee, aim].add(str(code))
    return found


def _within(first: date, last: date, up_to: int | None) -> ColumnElement[bool]:
    days = Entry.effective_on.between(first, last) & is_business()
    return days if up_to is None else days & (Entry.id <= up_to)
