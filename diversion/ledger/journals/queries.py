"""Read the journal by day and entry, some thousand entries at a time, with what stood before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import extract, func, select, tuple_

from diversion.core.database import db, is_writing
from diversion.ledger import extracts
from diversion.ledger.extracts import Range
from diversion.ledger.models import Entry, Posting, ReceiptNumber

Line = tuple[int, int, int, int]
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry; each line is account, cents, sub-ledger key, earmark."""

    id: int
    on: date
    event: str
    receipt: str
    hash: str
    lines: list[Line]


def entries(wanted: Range) -> Iterator[Sealed]:
    """Return the entries of a range by day, then by number; no snapshot is held over all."""
    columns = (Entry.id, Entry.effective_on, Entry.event, Entry.hash)
    query = (
        select(*columns, ReceiptNumber.series, ReceiptNumber.number)
        .outerjoin(ReceiptNumber, ReceiptNumber.entry_id == Entry.id)
        .where(wanted.holds())
        .order_by(Entry.effective_on, Entry.id)
        .limit(extracts.CHUNK)
    )
    asked = query
    while True:
        rows = db.session.execute(asked).all()
        lines = _lines(asked.with_only_columns(Entry.id)) if rows else {}
        if not is_writing():
            db.session.rollback()  # ends the read, so that nobody waits for it
        for id_, on, event, hash_, series, number in rows:
            receipt = f"{series}{number:06d}" if series else ""
            yield Sealed(id_, on, event.value, receipt, hash_, lines[id_])
        wanted.told(sum(len(some) for some in lines.values()))
        if len(rows) < extracts.CHUNK:
            return
        asked = query.where(tuple_(Entry.effective_on, Entry.id) > (rows[-1][1], rows[-1][0]))


def _lines(page: Any) -> Mapping[int, list[Line]]:
    query = select(
        Posting.entry_id, Posting.account, Posting.cents, Posting.sub, Posting.earmark
    ).where(Posting.entry_id.in_(page))
    found: defaultdict[int, list[Line]] = defaultdict(list)
    for id_, *line in db.session.execute(query.order_by(Posting.entry_id, Posting.line)):
        found[id_].append(tuple(line))  # type: ignore[arg-type]  # (four columns, as selected)
    return found


def openings(wanted: Range) -> dict[int, int]:
    """Return what stood on each account before the first day, in cents."""
    query = (
        select(Posting.account, func.sum(Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.effective_on < wanted.first, Entry.id <= wanted.up_to)
        .group_by(Posting.account)
    )
    return {account: int(cents) for account, cents in db.session.execute(query)}


def movements(wanted: Range) -> dict[Month, dict[int, int]]:
    """Return what each month moved on each account, as the database adds it up."""
    year, month = extract("year", Entry.effective_on), extract("month", Entry.effective_on)
    query = (
        select(year, month, Posting.account, func.sum(Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(wanted.holds())
        .group_by(year, month, Posting.account)
        .order_by(year, month, Posting.account)
    )
    found: defaultdict[Month, dict[int, int]] = defaultdict(dict)
    for y, m, account, cents in db.session.execute(query):
        found[int(y), int(m)][account] = int(cents)
    return dict(found)
