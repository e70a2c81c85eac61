"""Answer what stands where; every figure comes from the postings or their sealed totals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.ledger.accounts import RECEIVABLE, Group, Kind
from diversion.ledger.events import Event
from diversion.ledger.models import (
    AccountRow,
    Balance,
    ChainHead,
    Earmark,
    Entry,
    Posting,
)


@dataclass(frozen=True)
class AccountLine:
    """An account of the chart as the county names it."""

    code: int
    name: str
    kind: Kind
    group: Group
    county_string: str
    active: bool


@dataclass(frozen=True)
class Head:
    """The last entry: exports name it, so that they can be made again."""

    number: int
    hash: str
    posted_at: datetime | None


@dataclass(frozen=True)
class TrialLine:
    account: AccountLine
    opening: Money
    debits: Money
    credits: Money

    @property
    def closing(self) -> Money:
        return self.opening + self.debits - self.credits


def accounts(*, active_only: bool = False) -> list[AccountLine]:
    rows = db.session.scalars(select(AccountRow).order_by(AccountRow.code))
    return [
        AccountLine(r.code, r.name, r.kind, r.grp, r.county_string, r.active)
        for r in rows
        if r.active or not active_only
    ]


def balance(account: int, sub: int | None = None, earmark: int | None = None) -> Money:
    """Return debits less credits, of one sub-ledger key or earmark, or of all."""
    query = select(func.coalesce(func.sum(Balance.debits - Balance.credits), 0))
    query = query.where(Balance.account == account)
    if sub is not None:
        query = query.where(Balance.sub == sub)
    if earmark is not None:
        query = query.where(Balance.earmark == earmark)
    return Money(int(db.session.scalar(query) or 0))


def with_a_balance(account: int) -> Select[int]:
    """Return the sub-ledger keys on which something stands, of whatever earmark."""
    net = func.sum(Balance.debits - Balance.credits)
    query = select(Balance.sub).where(Balance.account == account)
    return query.group_by(Balance.sub).having(net != 0)


def balances(account: int, subs: Collection[int]) -> dict[int, Money]:
    """Return debits less credits by sub-ledger key; a key that was never used has no row."""
    net = func.sum(Balance.debits - Balance.credits)
    query = select(Balance.sub, net).where(Balance.account == account, Balance.sub.in_(subs))
    return {
        sub: Money(int(cents)) for sub, cents in db.session.execute(query.group_by(Balance.sub))
    }


def open_items(account: int, among: Select[int] | None = None) -> Select[int, int]:
    """Return a query of the keys with a balance, for other queries to join: sub, cents.

    `among` keeps it to some keys, so that it does not read the whole account.
    """
    net = func.sum(Balance.debits - Balance.credits)
    query = select(Balance.sub.label("sub"), net.label("cents")).where(Balance.account == account)
    if among is not None:
        query = query.where(Balance.sub.in_(among))
    return query.group_by(Balance.sub).having(net != 0)


def owed(obligations: Collection[int]) -> dict[int, Money]:
    """Return what is open of each obligation."""
    found = balances(RECEIVABLE, obligations)
    return {number: found.get(number, ZERO) for number in obligations}


def applications(account: int, sub: int) -> list[int]:
    """Return the entries that applied money of a key to fees and still stand, newest first."""
    back = select(Entry.reverses).where(Entry.reverses.is_not(None))
    query = (
        select(Entry.id)
        .join(Posting, Posting.entry_id == Entry.id)
        .where(Entry.event == Event.APPLY, Entry.id.not_in(back))
        .where(Posting.account == account, Posting.sub == sub, Posting.cents > 0)
    )
    return list(db.session.scalars(query.order_by(Entry.id.desc())))


def moved_by(entry: int, account: int) -> dict[int, int]:
    """Return the cents that an entry moved to each purpose of an account; not to general money."""
    query = select(Posting.earmark, Posting.cents).where(
        Posting.entry_id == entry, Posting.account == account, Posting.earmark > 0
    )
    return {row.earmark: row.cents for row in db.session.execute(query)}


def standing(entries: Collection[int]) -> set[int]:
    """Return those of some entries that were not turned back."""
    back = select(Entry.reverses).where(Entry.reverses.in_(entries))
    return set(entries) - {number for number in db.session.scalars(back) if number is not None}


def net_of() -> Mapping[int, Money]:
    """Return the balance of each account that was ever used."""
    net = func.sum(Balance.debits - Balance.credits)
    query = select(Balance.account, net).group_by(Balance.account)
    return {account: Money(int(cents)) for account, cents in db.session.execute(query)}


def head() -> Head:
    row = db.session.scalars(select(ChainHead)).one()
    stamp = db.session.scalar(select(Entry.posted_at).where(Entry.id == row.seq))
    return Head(row.seq, row.hash, stamp)


def posted_by(entry: int) -> datetime | None:
    """Return the last instant that belongs to the second in which an entry was posted.

    For files, which are the same each time; what is shown of the last entry asks `known_at`.
    """
    at = db.session.scalar(select(Entry.posted_at).where(Entry.id == entry))
    return at and at + timedelta(seconds=1, microseconds=-1)


def known_at(entry: int) -> datetime | None:
    """Return until when papers that post nothing are known as of an entry; as of the last, now."""
    return None if entry >= head().number else posted_by(entry)


def trial_balance(first: date, last: date, *, up_to: int | None = None) -> list[TrialLine]:
    """Return opening, debits, credits of each account between two days, entry `up_to` the last."""
    before = func.sum(case((Entry.effective_on < first, Posting.cents), else_=0))
    inside = Entry.effective_on >= first
    query = (
        select(
            Posting.account, before,
            func.sum(case((inside, debited()), else_=0)),
            func.sum(case((inside, credited()), else_=0)),
        )
        .join(Entry, Posting.entry_id == Entry.id)
        .where(Entry.effective_on <= last)
        .group_by(Posting.account)
    )  # fmt: skip
    if up_to is not None:
        query = query.where(Entry.id <= up_to)
    sums = {row[0]: [Money(int(x)) for x in row[1:]] for row in db.session.execute(query)}
    return [TrialLine(a, *sums[a.code]) for a in accounts() if a.code in sums]


def debited() -> Any:
    return case((Posting.cents > 0, Posting.cents), else_=0)


def credited() -> Any:
    return case((Posting.cents < 0, -Posting.cents), else_=0)


def earmarks() -> dict[int, str]:
    """Return the purposes that money can be bound to, by number; 0 is general."""
    rows = db.session.execute(select(Earmark.number, Earmark.name).order_by(Earmark.number))
    return {row.number: row.name for row in rows}
