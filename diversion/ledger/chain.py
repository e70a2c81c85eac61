"""Write the canonical text of an entry and link it to the one before.

SQLite and PostgreSQL build the same bytes from the columns; a published vector of
three entries keeps all of them together.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain as chained

from diversion.ledger.commands import Line

flat = chained.from_iterable
US = "\x1f"
LF = "\n"
FIRST = "0" * 64
NO_MEMO = hashlib.sha256(b"").hexdigest().upper()


@dataclass(frozen=True)
class Sealed:
    """All that an entry's hash covers, besides its lines."""

    id: int
    key: str
    request_hash: str
    event: str
    doc: str
    effective_on: date
    posted_at: datetime
    period: int
    actor: int
    approver: int | None
    reverses: int | None
    memo_hash: str
    lines: int
    total: int


def canonical(entry: Sealed, lines: Iterable[Line]) -> str:
    """Return the text that is hashed; `lines` in line order."""
    stamp = entry.posted_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = (
        entry.id, entry.key, entry.request_hash, entry.event, entry.doc,
        entry.effective_on.isoformat(), stamp, entry.period, entry.actor, entry.approver,
        entry.reverses, entry.memo_hash, entry.lines, entry.total,
    )  # fmt: skip
    return written(
        head, [(n, x.account, x.sub, x.earmark, x.cents) for n, x in enumerate(lines, 1)]
    )


def written(head: Iterable[object], lines: Sequence[tuple[object, ...]]) -> str:
    """Fill columns and lines into the canonical text; what is absent is empty."""
    columns = ["" if value is None else value for value in head]
    return _form(len(lines)) % (*columns, *flat(lines))


@cache
def _form(lines: int) -> str:
    return US.join(["HTL1", *["%s"] * 14]) + LF + LF.join([US.join(["%s"] * 5)] * lines)


def link(prev: str, text: str) -> str:
    """Return the hash of an entry: that of the one before, then its own text."""
    return hashlib.sha256(bytes.fromhex(prev) + text.encode()).hexdigest().upper()


def memo_hash(salt: str, memo: str) -> str:
    """Return what the chain keeps of a memo; without the salt it can't be guessed."""
    return hashlib.sha256((salt + memo).encode()).hexdigest().upper() if memo else NO_MEMO
