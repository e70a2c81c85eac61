"""Put together what the pages of deposits show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.deposits.rules import COINS
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import OpenReceipt


@dataclass(frozen=True)
class Slip:
    """A deposit in the list."""

    number: str
    on: date
    preparer: str
    receipts: int
    cash: Money
    checks: Money
    money_orders: Money
    total: Money
    in_transit: Money


def slips(rows: Sequence[Any]) -> list[Slip]:
    """Return the deposits of a page of `queries.deposits`."""
    return [
        Slip(
            row.number, row.deposited_on, row.name, row.receipts, Money(int(row.cash)),
            Money(int(row.checks)), Money(int(row.money_orders)), Money(int(row.total)),
            Money(int(row.in_transit)),
        )
        for row in rows
    ]  # fmt: skip


def cash_of(receipts: Sequence[OpenReceipt], ticked: Collection[str]) -> Money:
    """Return what the ticked receipts say that there is in cash."""
    return Money.total(r.amount for r in receipts if r.mode == Mode.CASH and r.number in ticked)


def counted_lines(pieces: Mapping[int, int]) -> list[tuple[Sentence, Money]]:
    """Return the count of a deposit, line by line: how many of what, and how much that is."""
    return [(_pieces(unit, number), Money(unit * number)) for unit, number in pieces.items()]


def _pieces(unit: int, number: int) -> Sentence:
    if unit == COINS:
        return _("Coins")
    return _("{number} × ${dollars}", number=number, dollars=unit // 100)


def entries_at() -> str:
    """Return the address under which entries stand."""
    return url_for("fund.register.entry", number=1).removesuffix("/1")
