"""Answer what stood on each key of the ledger at the end of a day."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.ledger.commands import Line
from diversion.ledger.models import AccountRow, Entry, Posting


def on(day: date, *, accounts: Collection[int] = (), up_to: int | None = None) -> list[Line]:
    """Return debits less credits by account, sub-ledger key and earmark, without the zeros.

    `up_to` leaves out what was posted after that entry.
    """
    net = func.sum(Posting.cents)
    keys = (Posting.account, Posting.sub, Posting.earmark)
    query = (
        select(*keys, net)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.effective_on <= day)
        .group_by(*keys)
        .having(net != 0)
        .order_by(*keys)
    )
    if accounts:
        query = query.where(Posting.account.in_(accounts))
    if up_to is not None:
        query = query.where(Entry.id <= up_to)
    return [Line(a, int(cents), sub, mark) for a, sub, mark, cents in db.session.execute(query)]


def by_group(period: int) -> dict[str, int]:
    """Return what the entries of a period add up to, in cents, by group of accounts."""
    query = (
        select(AccountRow.grp, func.sum(Posting.cents))
        .join(AccountRow, AccountRow.code == Posting.account)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.period == period)
        .group_by(AccountRow.grp)
    )
    return {group.value: int(cents) for group, cents in db.session.execute(query)}


def debits_of(period: int) -> Money:
    query = (
        select(func.coalesce(func.sum(Posting.cents), 0))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.period == period, Posting.cents > 0)
    )
    return Money(int(db.session.scalar(query) or 0))
