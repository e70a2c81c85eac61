"""Read under which numbers the county booked our batches."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Invalid, NotYours
from diversion.core.words import _
from diversion.core.workbooks.reading import read
from diversion.fund.county import queries
from diversion.fund.county.models import CountyAcknowledgement, CountyBatch
from diversion.staff.models import Staff

_OURS = re.compile(r"GL-[0-9]{4}-[0-9]{4,}")
_THEIRS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}")


class NoBatch(Invalid):
    """An acknowledgement names our batches."""

    field = "file"
    sentence = _("No row of this file names one of our batches, with the county's number beside.")


class OtherNumber(Invalid):
    """The county books a batch once."""

    field = "file"
    sentence = _("The county gave a batch of this file another number before. Nothing was saved.")


def acknowledge(content: bytes, *, by: Staff, now: datetime) -> int:
    """Keep the county's numbers; return how many are new. Raises NoBatch, OtherNumber, NotYours."""
    found = dict(_pairs(content))
    if not found:
        raise NoBatch
    digest, new = hashlib.sha256(content).hexdigest(), 0
    for ours, theirs in found.items():
        batch = _batch(ours)
        known = queries.acknowledgement(batch.id)
        if known is not None and known.county_number != theirs:
            raise OtherNumber
        if known is None:
            db.session.add(CountyAcknowledgement(
                batch_id=batch.id, county_number=theirs, sha256=digest, noted_by_id=by.id,
                noted_at=now,
            ))  # fmt: skip
            record(Act.COUNTY_BATCH_NOTED, f"batch:{ours}", by=by, sha256=digest)
            new += 1
    db.session.flush()
    return new


def _batch(number: str) -> CountyBatch:
    try:
        return queries.batch(number)
    except NotYours as unknown:
        raise NoBatch from unknown


def _pairs(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield our number and the county's, from every row where the one follows the other."""
    for sheet in read(content):
        for row in sheet.rows:
            texts = [cell.text.strip() for _place, cell in row.filled()]
            place = next((n for n, text in enumerate(texts) if _OURS.fullmatch(text)), None)
            beside = texts[place + 1 :] if place is not None else []
            if place is not None and beside and _THEIRS.fullmatch(beside[0]):
                yield texts[place], beside[0]
