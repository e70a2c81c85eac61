"""Read the log as it lies in the database, whatever was done to it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from diversion.core.database import db

CHUNK = 1000
NEAR = 500
_ROWS = text("SELECT * FROM audit_row WHERE seq BETWEEN :first AND :last ORDER BY seq")
_NEXT = text("SELECT min(seq) FROM audit_row WHERE seq >= :first")
_LINES = text(
    "SELECT seq, object FROM audit_object WHERE seq BETWEEN :first AND :last ORDER BY seq, place"
)


@dataclass(frozen=True)
class RawRow:
    """A row as stored. `held` are its columns, `lines` how many objects are filed under it."""

    seq: int
    held: Mapping[str, Any]
    lines: int
    lines_agree: bool

    @property
    def columns(self) -> dict[str, Any]:
        """What the code is computed from."""
        return {**self.held, "seq": self.seq, "at": self.at or self.held["at"]}

    @property
    def at(self) -> datetime | None:
        return _instant(self.held["at"])

    @property
    def key_id(self) -> int:
        return int(self.held["key_id"])

    @property
    def mac(self) -> bytes:
        stored = self.held["mac"]
        return bytes(stored) if isinstance(stored, bytes | memoryview) else b""


def rows() -> Iterator[RawRow]:
    """Yield every row in order, a thousand at a time."""
    first = _next(0)
    while first is not None:
        yield from _between(first, first + CHUNK - 1)
        first = _next(first + CHUNK)


def around(seq: int) -> Iterator[RawRow]:
    """Yield the rows near `seq`: where one would stand that was moved."""
    return _between(seq - NEAR, seq + NEAR)


def count_lines() -> int:
    return db.session.scalar(text("SELECT count(*) FROM audit_object")) or 0


def _next(first: int) -> int | None:
    found: int | None = db.session.scalar(_NEXT, {"first": first})
    return found


def _between(first: int, last: int) -> Iterator[RawRow]:
    span = {"first": first, "last": last}
    lines: dict[int, list[str]] = defaultdict(list)
    for seq, filed in db.session.execute(_LINES, span):
        lines[seq].append(filed)
    for held in db.session.execute(_ROWS, span).mappings().all():
        filed = lines[held["seq"]]
        yield RawRow(held["seq"], dict(held), len(filed), _listed(held["objects"]) == filed)


def _listed(objects: object) -> object:
    try:
        return json.loads(objects) if isinstance(objects, str) else None
    except ValueError:
        return None


def _instant(stored: object) -> datetime | None:
    if isinstance(stored, datetime):
        return stored.astimezone(UTC)
    try:
        return datetime.fromisoformat(str(stored)).replace(tzinfo=UTC)
    except ValueError:
        return None
