"""Say what is to be posted, in numbers only."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from diversion.core.money import Money
from diversion.ledger.events import Event

OWN_RECEIPT = -1
"""Stands for the key of the receipt that the posting itself will number."""


class Mode(StrEnum):
    """How a payment was made; fixed once the receipt is given."""

    CASH = "cash"
    CHECK = "check"
    MONEY_ORDER = "money_order"
    CARD = "card"
    UNKNOWN = "unknown"


class PeriodState(StrEnum):
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    LOCKED = "locked"


@dataclass(frozen=True)
class Line:
    """One line of an entry; debits are positive cents, credits negative."""

    account: int
    cents: int
    sub: int = 0
    earmark: int = 0


def debit(account: int, amount: Money, sub: int = 0, earmark: int = 0) -> Line:
    return Line(account, amount.cents, sub, earmark)


def credit(account: int, amount: Money, sub: int = 0, earmark: int = 0) -> Line:
    return Line(account, -amount.cents, sub, earmark)


@dataclass(frozen=True)
class Tender:
    """What was handed over. `series` is a prefix such as `M-2026-`."""

    series: str
    mode: Mode
    amount: Money
    reference: str = ""
    imported: bool = False


@dataclass(frozen=True)
class Command:
    """An entry that somebody wants; lines without an amount are left out."""

    event: Event
    lines: Sequence[Line] = ()
    doc: str = ""
    memo: str = ""
    reverses: int | None = None
    tender: Tender | None = None
    key_lines: tuple[Line, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key_lines", tuple(x for x in self.lines if x.cents))

    def request_hash(self, by: int, approved_by: int | None, on: date) -> str:
        """Return what a key is bound to: the whole of what was asked, and by whom."""
        tender = self.tender and [
            self.tender.series, self.tender.mode, self.tender.amount.cents, self.tender.reference
        ]  # fmt: skip
        lines = [[x.account, x.sub, x.earmark, x.cents] for x in self.key_lines]
        asked = [self.event, self.doc, self.memo, self.reverses, tender, lines, by, approved_by]
        text = json.dumps([*asked, on.isoformat()], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest().upper()
