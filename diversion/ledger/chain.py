"""Write the canonical text of an entry and link it to the one before.

SQLite and PostgreSQL build the same bytes from the columns; a published vector of
three entries keeps all of them together.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from diversion.ledger.commands import Line

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
        head, ((n, x.account, x.sub, x.earmark, x.cents) for n, x in enumerate(lines, 1))
    )


def written(head: Iterable[object], lines: Iterable[Iterable[object]]) -> str:
    """Join columns and lines as the canonical text has them; what is absent is empty."""
    fields = ("" if value is None else str(value) for value in ("HTL1", *head))
    return US.join(fields) + LF + LF.join(US.join(map(str, line)) for line in lines)


def link(prev: str, text: str) -> str:
    """Return the hash of an entry: that of the one before, then its own text."""
    return hashlib.sha256(bytes.fromhex(prev) + text.encode()).hexdigest().upper()


def memo_hash(salt: str, memo: str) -> str:
    """Return what the chain keeps of a memo; without the salt it can't be guessed."""
    return hashlib.sha256((salt + memo).encode()).hexdigest().upper() if memo else NO_MEMO
