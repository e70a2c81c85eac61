"""Answer what came into the fund in some days, and what it was spent on; nobody is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.awards.models import Aim, Award
from diversion.fund.orders.kinds import OrderKind, PayeeKind
from diversion.fund.orders.meaning import EXPENSE
from diversion.fund.orders.models import Order, OrderPosting
from diversion.ledger.accounts import Kind
from diversion.ledger.models import AccountRow, Entry, Posting

_FUND = (Kind.FUND, Kind.REVENUE, Kind.EXPENSE)


@dataclass(frozen=True)
class Spent:
    """What went to one kind of payee for one purpose, and in how many vouchers."""

    payee: PayeeKind
    aim: Aim
    amount: Money
    vouchers: int


def balance_before(first: date) -> Money:
    """Return what the fund was worth before a day."""
    query = (
        select(func.coalesce(func.sum(-Posting.cents), 0))
        .join(Entry, Entry.id == Posting.entry_id)
        .join(AccountRow, AccountRow.code == Posting.account)
        .where(AccountRow.kind.in_(_FUND), Entry.effective_on < first)
    )
    return Money(int(db.session.scalar(query) or 0))


def by_account(first: date, last: date) -> Mapping[int, Money]:
    """Return what each account of income, expense and balance took up within some days."""
    query = (
        select(Posting.account, func.sum(-Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .join(AccountRow, AccountRow.code == Posting.account)
        .where(AccountRow.kind.in_(_FUND), Entry.effective_on.between(first, last))
        .group_by(Posting.account)
    )
    return {account: Money(int(cents)) for account, cents in db.session.execute(query)}


def spent(first: date, last: date) -> list[Spent]:
    """Return what was spent by payee and purpose; two statements."""
    query = (
        select(Award.payee_kind, Award.aim, func.sum(Posting.cents))
        .join(Award, Award.id == Posting.sub)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Posting.account.in_(EXPENSE.values()), Entry.effective_on.between(first, last))
        .group_by(Award.payee_kind, Award.aim)
        .order_by(Award.payee_kind, Award.aim)
    )
    counts = _vouchers(first, last)
    return [
        Spent(payee, aim, Money(int(cents)), counts.get((payee, aim), 0))
        for payee, aim, cents in db.session.execute(query)
    ]


def _vouchers(first: date, last: date) -> dict[tuple[PayeeKind, Aim], int]:
    query = (
        select(Award.payee_kind, Award.aim, func.count(Order.voucher_id.distinct()))
        .join(Order, Order.award_id == Award.id)
        .join(OrderPosting, OrderPosting.order_id == Order.id)
        .join(Entry, Entry.id == OrderPosting.entry)
        .where(Order.kind == OrderKind.VOUCHER, Entry.effective_on.between(first, last))
        .group_by(Award.payee_kind, Award.aim)
    )
    return {(payee, aim): count for payee, aim, count in db.session.execute(query)}
