"""Make batches for the county's general ledger: every entry goes once, and a file stays."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.fund.county import formats, queries, rows
from diversion.fund.county.models import CountyBatch, CountyBatchEntry, Format
from diversion.fund.county.queries import Waiting
from diversion.fund.county.rows import CountyLine, Heading
from diversion.fund.leaving import services as leaving
from diversion.fund.leaving.models import FileKind, Purpose
from diversion.fund.leaving.services import Leaving
from diversion.ledger import services as books
from diversion.ledger.closed import head_at
from diversion.ledger.extracts import Range
from diversion.ledger.models import Period
from diversion.staff.models import Staff


class NothingNew(Refused):
    """A batch without a line says nothing."""

    sentence = _("The county has all of this already.")


class DoesNotBalance(RuntimeError):
    """A batch that does not add up to zero is never written."""


@dataclass(frozen=True)
class Layout:
    """How a batch is written: in which format, and whether line by line."""

    format: Format
    is_detailed: bool


def make(
    asked: Waiting, layout: Layout, *, key: str, by: Staff, on: date, now: datetime
) -> CountyBatch:  # fmt: skip
    """Make a batch of all that waits of one month or day. Raises NothingNew."""
    earlier = once.claim(key, _request_hash(asked.code, layout, by))
    if earlier is not None:
        return queries.batch(earlier)
    books.hold()
    lines = queries.lines(asked)
    if not lines:
        raise NothingNew
    made = _write(asked, layout, lines, by=by, on=on, now=now)
    entries = sorted({line.entry_id for line in lines})
    db.session.add_all(CountyBatchEntry(entry_id=n, batch_id=made.id) for n in entries)
    db.session.flush()
    once.settle(key, made.number)
    record(Act.COUNTY_BATCH_MADE, f"batch:{made.number}", by=by, entries=made.entries,
           cents=made.debits.cents, sha256=made.sha256)  # fmt: skip
    return made


def made_before(what: str, layout: Layout, *, key: str, by: Staff) -> str | None:
    """Return the batch that this very form made: what it asked for waits no more."""
    return once.result_of(key, _request_hash(what, layout, by))


def _request_hash(what: str, layout: Layout, by: Staff) -> str:
    said = {"what": what, "how": [layout.format, layout.is_detailed], "by": by.id}
    return once.request_hash("county_batch", said)


def _write(
    asked: Waiting, layout: Layout, lines: Sequence[Any], *, by: Staff, on: date, now: datetime
) -> CountyBatch:  # fmt: skip
    entries = {line.entry_id for line in lines}
    head = head_at(max(entries))
    said = (rows.detailed if layout.is_detailed else rows.summarized)(lines, asked.books)
    end = rows.trailer(said, entries, head.hash)
    if end.debits != end.credits:
        raise DoesNotBalance(asked.code)
    number = queries.next_number(on.year)
    name = f"{number}{formats.ENDINGS[layout.format]}"
    heading = Heading(number, on, f"{asked.period:06d}")
    content = _content(name, layout.format, heading, said, end, head.posted_at or now)
    made = CountyBatch(
        number=number, period_id=asked.period, day=asked.day, books=asked.books,
        turn=queries.turn_of(asked), format=layout.format, detailed=layout.is_detailed,
        name=name, lines=end.lines, entries=len(entries), debits=end.debits, credits=end.credits,
        first_entry=end.first_entry, last_entry=end.last_entry, chain_hash=head.hash,
        sha256=hashlib.sha256(content).hexdigest(), content=content, made_by_id=by.id, made_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _content(
    name: str, form: Format, heading: Heading, said: Sequence[CountyLine], end: rows.Trailer,
    stamp: datetime,
) -> bytes:  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        formats.write(path, form, heading, said, end, stamp)
        return path.read_bytes()


def hand_out(batch: CountyBatch, *, by: Staff, now: datetime) -> bytes:
    """Return a batch's file as it was made, and write down who takes it."""
    period = db.session.get_one(Period, batch.period_id)
    days = (batch.day, batch.day) if batch.day else (period.starts_on, period.ends_on)
    file = Leaving(
        FileKind.COUNTY_BATCH, Purpose.COUNTY_LEDGER, batch.name, Range(*days, batch.last_entry),
        batch.chain_hash, batch.lines, len(batch.content),
        hashlib.sha256(batch.content).hexdigest(),
    )  # fmt: skip
    leaving.note(file, by=by, now=now)
    return batch.content
