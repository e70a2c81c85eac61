"""Keep the files of a closed month, and hand them out again byte for byte."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, select

from diversion.core.database import db
from diversion.fund.exports.models import KeptExport
from diversion.fund.leaving.models import FileKind
from diversion.ledger import services as books


def kept(kind: FileKind, first: date, last: date, up_to: int) -> KeptExport | None:
    """Return the file of a closed month that was made before, if one was."""
    query = select(KeptExport).where(*_named(kind, first, last, up_to))
    return db.session.scalars(query).one_or_none()


def is_kept(kind: FileKind, first: date, last: date, up_to: int) -> bool:
    """Say whether there is such a file, without reading it."""
    query = select(KeptExport.id).where(*_named(kind, first, last, up_to))
    return db.session.scalar(query) is not None


def _named(kind: FileKind, first: date, last: date, up_to: int) -> tuple[ColumnElement[bool], ...]:
    return (
        KeptExport.kind == kind, KeptExport.first_on == first, KeptExport.last_on == last,
        KeptExport.last_entry == up_to,
    )  # fmt: skip


def keep(path: Path, made: KeptExport, *, now: datetime) -> None:
    """Keep a file, unless somebody else did meanwhile: then it is the same, from the same entry."""
    books.hold()
    if kept(made.kind, made.first_on, made.last_on, made.last_entry) is None:
        made.content, made.made_at = path.read_bytes(), now
        db.session.add(made)
        db.session.flush()
