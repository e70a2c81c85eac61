"""Answer what stands where; every figure comes from the postings or their sealed totals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.ledger.accounts import RECEIVABLE, UNDEPOSITED, Group, Kind
from diversion.ledger.commands import Mode, PeriodState
from diversion.ledger.events import BY_EVENT, Event
from diversion.ledger.models import (
    AccountRow,
    Balance,
    ChainHead,
    Entry,
    Memo,
    Period,
    Posting,
    ReceiptNumber,
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
class RegisterLine:
    """One line of an account; `balance` stands after it, whatever was filtered."""

    entry: int
    on: date
    event: Event
    doc: str
    account: int
    sub: int
    debit: Money
    credit: Money
    balance: Money
    receipt: str | None


@dataclass(frozen=True)
class PostingLine:
    line: int
    account: int
    name: str
    sub: int
    earmark: int
    debit: Money
    credit: Money


@dataclass(frozen=True)
class EntryFacts:
    """An entry with its lines, as a page shows it."""

    number: int
    event: Event
    rule: str
    doc: str
    on: date
    posted_at: datetime
    period: int
    actor: int
    approver: int | None
    reverses: int | None
    reversed_by: int | None
    memo: str
    hash: str
    receipt: str | None
    receipt_id: int | None
    mode: Mode | None
    lines: tuple[PostingLine, ...]

    @property
    def hash16(self) -> str:
        return self.hash[:16]


@dataclass(frozen=True)
class Totals:
    """What a register's filter adds up to."""

    lines: int
    debits: Money
    credits: Money


@dataclass(frozen=True)
class TrialLine:
    account: AccountLine
    opening: Money
    debits: Money
    credits: Money

    @property
    def closing(self) -> Money:
        return self.opening + self.debits - self.credits


@dataclass(frozen=True)
class OpenReceipt:
    """A receipt whose money still lies in the drawer."""

    id: int
    number: str
    on: date
    mode: Mode
    reference: str
    amount: Money
    cashier: int
    imported: bool
    entry: int
    hash: str


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


def balances(account: int, subs: Collection[int]) -> dict[int, Money]:
    """Return debits less credits by sub-ledger key; a key that was never used has no row."""
    net = func.sum(Balance.debits - Balance.credits)
    query = select(Balance.sub, net).where(Balance.account == account, Balance.sub.in_(subs))
    return {sub: Money(int(cents)) for sub, cents in db.session.execute(query.group_by(Balance.sub))}


def open_items(account: int) -> Select[tuple[int, int]]:
    """Return a query of the keys with a balance, for other queries to join: sub, cents."""
    net = func.sum(Balance.debits - Balance.credits)
    query = select(Balance.sub.label("sub"), net.label("cents")).where(Balance.account == account)
    return query.group_by(Balance.sub).having(net != 0)


def owed(obligations: Collection[int]) -> dict[int, Money]:
    """Return what is open of each obligation."""
    found = balances(RECEIVABLE, obligations)
    return {number: found.get(number, ZERO) for number in obligations}


def net_of() -> Mapping[int, Money]:
    """Return the balance of each account that was ever used."""
    net = func.sum(Balance.debits - Balance.credits)
    query = select(Balance.account, net).group_by(Balance.account)
    return {account: Money(int(cents)) for account, cents in db.session.execute(query)}


def head() -> Head:
    row = db.session.scalars(select(ChainHead)).one()
    stamp = db.session.scalar(select(Entry.posted_at).where(Entry.id == row.seq))
    return Head(row.seq, row.hash, stamp)


def period_state(number: int) -> PeriodState | None:
    return db.session.scalar(select(Period.state).where(Period.id == number))


def register(
    account: int | None,
    first: date | None = None,
    last: date | None = None,
    *,
    event: Event | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[RegisterLine]:
    """Return the lines of an account, oldest first, with its running balance.

    The balance runs over all lines of the account in the order of dates and entries;
    the filter only chooses which of them are shown. Without an account it is that of
    no single one and stays zero at the end of each entry.
    """
    order = (Entry.effective_on, Entry.id, Posting.line)
    running = func.sum(Posting.cents).over(order_by=order).label("running")
    inner = (
        select(
            Entry.id, Entry.effective_on, Entry.event, Entry.doc, Posting.account, Posting.sub,
            Posting.line, Posting.cents, running,
        ).join(Posting, Posting.entry_id == Entry.id)
    )  # fmt: skip
    if account is not None:
        inner = inner.where(Posting.account == account)
    rows = inner.subquery()
    query = select(rows, ReceiptNumber.series, ReceiptNumber.number).outerjoin(
        ReceiptNumber, ReceiptNumber.entry_id == rows.c.id
    )
    query = query.where(*_within(rows.c.effective_on, rows.c.event, first, last, event))
    query = query.order_by(rows.c.effective_on, rows.c.id, rows.c.line)
    return [_register_line(row) for row in db.session.execute(query.limit(limit).offset(offset))]


def _register_line(row: Any) -> RegisterLine:
    debit, credit = Money(max(row.cents, 0)), Money(max(-row.cents, 0))
    shown = f"{row.series}{row.number:06d}" if row.series else None
    return RegisterLine(
        row.id, row.effective_on, row.event, row.doc, row.account, row.sub, debit, credit,
        Money(int(row.running)), shown,
    )  # fmt: skip


def register_totals(
    account: int | None, first: date | None, last: date | None, *, event: Event | None = None
) -> Totals:
    """Return what the whole filter adds up to, not one page of it."""
    query = select(
        func.count(), func.coalesce(func.sum(_positive()), 0),
        func.coalesce(func.sum(_negative()), 0),
    ).select_from(Posting).join(Entry, Posting.entry_id == Entry.id)  # fmt: skip
    query = query.where(*_within(Entry.effective_on, Entry.event, first, last, event))
    if account is not None:
        query = query.where(Posting.account == account)
    count, debits, credits_ = db.session.execute(query).one()
    return Totals(count, Money(int(debits)), Money(int(credits_)))


def _within(on: Any, event_column: Any, first: date | None, last: date | None,
            event: Event | None) -> list[ColumnElement[bool]]:  # fmt: skip
    wanted: list[ColumnElement[bool]] = []
    if first is not None:
        wanted.append(on >= first)
    if last is not None:
        wanted.append(on <= last)
    if event is not None:
        wanted.append(event_column == event)
    return wanted


def _positive() -> Any:
    return case((Posting.cents > 0, Posting.cents), else_=0)


def _negative() -> Any:
    return case((Posting.cents < 0, -Posting.cents), else_=0)


def trial_balance(first: date, last: date, *, up_to: int | None = None) -> list[TrialLine]:
    """Return opening, debits, credits of each account between two days, entry `up_to` the last."""
    before = func.sum(case((Entry.effective_on < first, Posting.cents), else_=0))
    inside = Entry.effective_on >= first
    query = (
        select(
            Posting.account, before,
            func.sum(case((inside, _positive()), else_=0)),
            func.sum(case((inside, _negative()), else_=0)),
        )
        .join(Entry, Posting.entry_id == Entry.id)
        .where(Entry.effective_on <= last)
        .group_by(Posting.account)
    )  # fmt: skip
    if up_to is not None:
        query = query.where(Entry.id <= up_to)
    sums = {row[0]: [Money(int(x)) for x in row[1:]] for row in db.session.execute(query)}
    return [TrialLine(a, *sums[a.code]) for a in accounts() if a.code in sums]


def entry(number: int) -> EntryFacts | None:
    """Return an entry with its lines, or None."""
    found = db.session.get(Entry, number)
    if found is None:
        return None
    receipt = db.session.scalars(
        select(ReceiptNumber).where(ReceiptNumber.entry_id == number)
    ).one_or_none()
    memo = db.session.scalar(select(Memo.text).where(Memo.entry_id == number))
    back = db.session.scalar(select(Entry.id).where(Entry.reverses == number))
    return EntryFacts(
        found.id, found.event, BY_EVENT[found.event].number, found.doc, found.effective_on,
        found.posted_at, found.period, found.actor, found.approver, found.reverses, back,
        memo or "", found.hash, receipt.shown if receipt else None,
        receipt.id if receipt else None, receipt.mode if receipt else None, _lines(number),
    )  # fmt: skip


def _lines(number: int) -> tuple[PostingLine, ...]:
    query = (
        select(Posting, AccountRow.name)
        .join(AccountRow, AccountRow.code == Posting.account)
        .where(Posting.entry_id == number)
        .order_by(Posting.line)
    )
    return tuple(
        PostingLine(
            p.line, p.account, name, p.sub, p.earmark, Money(max(p.cents, 0)),
            Money(max(-p.cents, 0)),
        )
        for p, name in db.session.execute(query)
    )  # fmt: skip


def undeposited(*, imported: bool | None = None) -> list[OpenReceipt]:
    """Return the receipts whose money lies in the drawer, by number."""
    items = open_items(UNDEPOSITED).subquery()
    query = (
        select(ReceiptNumber, Entry.effective_on, Entry.actor, Entry.hash)
        .join(items, items.c.sub == ReceiptNumber.id)
        .join(Entry, Entry.id == ReceiptNumber.entry_id)
        .order_by(ReceiptNumber.id)
    )
    if imported is not None:
        query = query.where(ReceiptNumber.imported.is_(imported))
    return [
        OpenReceipt(
            r.id, r.shown, on, r.mode, r.reference, Money(r.cents), actor, r.imported,
            r.entry_id, hash_,
        )
        for r, on, actor, hash_ in db.session.execute(query)
    ]  # fmt: skip


def gaps() -> Sequence[tuple[str, int, int]]:
    """Return series with missing numbers: prefix, how many there are, the highest. None is sound."""
    count, highest = func.count(), func.max(ReceiptNumber.number)
    query = select(ReceiptNumber.series, count, highest).group_by(ReceiptNumber.series)
    return [(s, n, top) for s, n, top in db.session.execute(query.having(count != highest))]


def series() -> Sequence[tuple[str, int, int]]:
    """Return each series: prefix, first number, last number."""
    low, high = func.min(ReceiptNumber.number), func.max(ReceiptNumber.number)
    query = select(ReceiptNumber.series, low, high).group_by(ReceiptNumber.series)
    return [(s, a, b) for s, a, b in db.session.execute(query.order_by(ReceiptNumber.series))]
