"""Read the journal by day and entry, some thousand entries at a time, with what stood before."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, String, func, select, tuple_, type_coerce

from diversion.core.database import db, is_writing, tuples
from diversion.ledger import extracts
from diversion.ledger.extracts import Range
from diversion.ledger.models import Entry, Posting, ReceiptNumber

Line = tuple[int, int, int, int]
Month = tuple[int, int]


class Sealed(NamedTuple):
    """An entry; each line is account, cents, sub-ledger key, earmark."""

    id: int
    on: date
    event: str
    receipt: str
    hash: str
    lines: list[Line]


def entries(wanted: Range) -> Iterator[Sealed]:
    """Return the entries of a range by day, then by number; no snapshot is held over all."""
    asked = _from_first_day(wanted)
    while True:
        rows = tuples(asked)
        lines = _lines(asked.with_only_columns(Entry.id)) if rows else {}
        if not is_writing():
            db.session.rollback()  # ends the read, so that nobody waits for it
        for id_, on, event, hash_, series, number in rows:
            receipt = f"{series}{number:06d}" if series else ""
            yield Sealed(id_, on, event, receipt, hash_, lines.get(id_, []))
        wanted.told(sum(len(some) for some in lines.values()))
        if len(rows) < extracts.CHUNK:
            return
        id_, on = rows[-1][:2]
        rest = _from_first_day(replace(wanted, first=on))  # days that were read aren't looked at
        asked = rest.where(tuple_(Entry.effective_on, Entry.id) > (on, id_))


def _from_first_day(wanted: Range) -> Select[*tuple[Any, ...]]:
    event = type_coerce(Entry.event, String)  # only its name is written
    return (
        select(Entry.id, Entry.effective_on, event, Entry.hash)
        .add_columns(ReceiptNumber.series, ReceiptNumber.number)
        .outerjoin(ReceiptNumber, ReceiptNumber.entry_id == Entry.id)
        .where(wanted.holds())
        .order_by(Entry.effective_on, Entry.id)
        .limit(extracts.CHUNK)
    )


def _lines(page: Any) -> Mapping[int, list[Line]]:
    query = select(
        Posting.entry_id, Posting.account, Posting.cents, Posting.sub, Posting.earmark
    ).where(Posting.entry_id.in_(page))
    rows = tuples(query.order_by(Posting.entry_id, Posting.line))
    return {id_: [row[1:] for row in some] for id_, some in groupby(rows, key=itemgetter(0))}


def openings(wanted: Range) -> dict[int, int]:
    """Return what stood on each account before the first day, in cents."""
    before = select(Entry.id).where(Entry.effective_on < wanted.first, Entry.id <= wanted.up_to)
    query = (
        select(Posting.account, func.sum(Posting.cents))
        .where(Posting.entry_id.in_(before))
        .group_by(Posting.account)
        .order_by(Posting.account)
    )
    return {account: int(cents) for account, cents in db.session.execute(query)}


def movements(wanted: Range) -> dict[Month, dict[int, int]]:
    """Return what each month moved on each account, as the database adds it up."""
    query = (
        select(Entry.effective_on, Posting.account, func.sum(Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(wanted.holds())
        .group_by(Entry.effective_on, Posting.account)
    )
    found: defaultdict[Month, Counter[int]] = defaultdict(Counter)
    for on, account, cents in db.session.execute(query):
        found[on.year, on.month][account] += int(cents)
    return dict(found)
