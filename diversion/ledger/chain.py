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
        "HTL1", entry.id, entry.key, entry.request_hash, entry.event, entry.doc,
        entry.effective_on.isoformat(), stamp, entry.period, entry.actor,
        _or_empty(entry.approver), _or_empty(entry.reverses), entry.memo_hash,
        entry.lines, entry.total,
    )  # fmt: skip
    rows = (
        US.join(str(x) for x in (n, line.account, line.sub, line.earmark, line.cents))
        for n, line in enumerate(lines, 1)
    )
    return US.join(str(x) for x in head) + LF + LF.join(rows)


def link(prev: str, text: str) -> str:
    """Return the hash of an entry: that of the one before, then its own text."""
    return hashlib.sha256(bytes.fromhex(prev) + text.encode()).hexdigest().upper()


def memo_hash(salt: str, memo: str) -> str:
    """Return what the chain keeps of a memo; without the salt it can't be guessed."""
    return hashlib.sha256((salt + memo).encode()).hexdigest().upper() if memo else NO_MEMO


def _or_empty(number: int | None) -> str:
    return "" if number is None else str(number)
