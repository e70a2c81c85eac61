"""Forge entries that no program would post, with the hash that they ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from diversion.ledger import chain
from diversion.ledger.commands import Line
from tests.conftest import NOW
from tests.ledger.books import TODAY

NEXT = 7
HASH = "A" * 64
Attempt = str | tuple[str, ...] | Callable[[Connection], tuple[str, ...]]


@dataclass(frozen=True)
class Sealed:
    """An entry that is written past the program; what `other` says falsely, the hash covers."""

    event: str
    lines: tuple[Line, ...]
    receipt: str = ""
    id: int = NEXT
    false: tuple[tuple[str, Any], ...] = ()

    def __call__(self, raw: Connection) -> tuple[str, ...]:
        prev = raw.scalar(text("SELECT hash FROM chain_head"))
        row: dict[str, Any] = {
            "id": self.id, "key": "attempt", "request_hash": HASH, "event": self.event, "doc": "",
            "effective_on": TODAY, "posted_at": NOW, "period": 202611, "actor": 9,
            "approver": None, "reverses": None, "memo_hash": HASH, "lines": len(self.lines),
            "total": sum(max(line.cents, 0) for line in self.lines),
        }  # fmt: skip
        false = dict(self.false)
        row |= {name: value for name, value in false.items() if name not in ("prev", "hash")}
        prev = false.get("prev", prev)
        told = chain.canonical(chain.Sealed(**row), self.lines)
        row |= {"prev": prev, "hash": false.get("hash", chain.link(str(prev), told))}
        lines = ", ".join(
            f"({self.id}, {n}, {x.account}, {x.sub}, {x.earmark}, {x.cents})"
            for n, x in enumerate(self.lines, 1)
        )
        posting = (f"INSERT INTO posting VALUES {lines}",) if lines else ()
        receipt = (f"INSERT INTO receipt_number VALUES {self.receipt}",) if self.receipt else ()
        values = ", ".join(_said(value) for value in row.values())
        return (*receipt, *posting, f"INSERT INTO entry ({', '.join(row)}) VALUES ({values})")


def sealed(event: str, *lines: Line, receipt: str = "", id: int = NEXT, **false: Any) -> Sealed:
    return Sealed(event, lines, receipt, id, tuple(false.items()))


def _said(value: Any) -> str:
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    if isinstance(value, date) and hasattr(value, "hour"):
        return f"'{value:%Y-%m-%d %H:%M:%S}.000000+00:00'"
    return "'" + str(value).replace("'", "''") + "'"
