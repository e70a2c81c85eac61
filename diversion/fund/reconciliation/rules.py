"""Propose what each line of a statement is, and say why; a person confirms it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.core.money import ZERO, Money
from diversion.core.words import Sentence, _
from diversion.fund.reconciliation.models import ItemKind, Meaning

NEAR = timedelta(days=5)
# So many ways of adding receipts up are looked at; a person decides the rest.
MOST_STEPS = 20_000
MOST_ITEMS = 30
ITEMS = re.compile(r"\b(\d{1,3})\s*ITEMS?\b", re.IGNORECASE)
RETURNED = re.compile(r"\b(RETURN(ED)?|RTN|NSF|CHARGED? ?BACK|UNPAID)\b", re.IGNORECASE)
CHARGE = re.compile(r"\b(CHARGES?|FEES?|MAINTENANCE)\b", re.IGNORECASE)
INTEREST = re.compile(r"\b(INTEREST|INT EARNED|INT PAID)\b", re.IGNORECASE)
TRANSFER = re.compile(r"\b(TRANSFER|XFER|TRF)\b", re.IGNORECASE)


@dataclass(frozen=True)
class BankLine:
    """A line that nobody explained yet."""

    key: int
    on: date
    words: str
    amount: Money
    check_number: str = ""


@dataclass(frozen=True)
class Item:
    """What a line may be; `reference` is the number of a check."""

    kind: ItemKind
    key: int
    label: str
    on: date
    amount: Money
    reference: str = ""


@dataclass(frozen=True)
class Proposal:
    """What the program takes a line for, and why; without a meaning it only says why not."""

    line: int
    meaning: Meaning | None
    items: tuple[Item, ...]
    why: Sentence


def propose(lines: Iterable[BankLine], items: Iterable[Item], bounced: Iterable[Item] = ()
            ) -> list[Proposal]:  # fmt: skip
    """Propose a meaning for each line, by day; what one line takes no other is offered.

    `items` are deposits on their way, receipts in no deposit and entries the bank has not
    shown; `bounced` are receipts by check that may come back.
    """
    left, checks = list(items), list(bounced)
    found = []
    for line in sorted(lines, key=lambda each: (each.on, each.key)):
        proposal = _came(line, left) if line.amount > ZERO else _went(line, left, checks)
        bounces = proposal.meaning is Meaning.RETURNED  # what bounced was deposited before
        rest = checks if bounces else left
        rest[:] = [item for item in rest if item not in proposal.items]
        found.append(proposal)
    return found


def _came(line: BankLine, items: Sequence[Item]) -> Proposal:
    for kind, meaning in ((ItemKind.ENTRY, Meaning.CLEARED), (ItemKind.DEPOSIT, Meaning.DEPOSIT)):
        whole = _one(line, (item for item in items if item.kind is kind))
        if whole is not None:
            return Proposal(line.key, meaning, (whole,), _("The amount and the day agree."))
    sets = _together(line, Meaning.DEPOSIT, [i for i in items if i.kind is not ItemKind.ENTRY])
    sets = sets or _together(line, Meaning.CLEARED, [i for i in items if i.kind is ItemKind.ENTRY])
    if sets is not None:
        return sets
    if INTEREST.search(line.words):
        return Proposal(line.key, Meaning.INTEREST, (), _("The bank calls it interest."))
    if TRANSFER.search(line.words):
        return Proposal(line.key, Meaning.TRANSFER_IN, (), _("The bank calls it a transfer."))
    return _open(line, _("No deposit, receipt or entry of these days adds up to this."))


def _went(line: BankLine, items: Sequence[Item], checks: Sequence[Item]) -> Proposal:
    whole = _one(line, (item for item in items if item.kind is ItemKind.ENTRY))
    if whole is not None:
        return Proposal(line.key, Meaning.CLEARED, (whole,), _("The amount and the day agree."))
    if RETURNED.search(line.words) and not (CHARGE.search(line.words) and not line.check_number):
        return _bounced(line, checks)
    if CHARGE.search(line.words):
        return Proposal(line.key, Meaning.CHARGE, (), _("The bank calls it a charge."))
    if TRANSFER.search(line.words):
        return Proposal(line.key, Meaning.TRANSFER_OUT, (), _("The bank calls it a transfer."))
    sets = _together(line, Meaning.CLEARED, [i for i in items if i.kind is ItemKind.ENTRY])
    return sets or _open(line, _("No payment of the books is this."))


def _together(line: BankLine, meaning: Meaning, items: Sequence[Item]) -> Proposal | None:
    """Take a line for several items of its direction, such as what a processor pays at once."""
    ways = _ways(line, items)
    if not ways:
        return None
    best = ways[0]
    if len(ways) > 1 and _rank(line, ways[1]) == _rank(line, best):
        return _open(line, _("Several sets of items add up to this. Choose one."))
    return Proposal(line.key, meaning, best, _adds_up(best))


def _bounced(line: BankLine, checks: Sequence[Item]) -> Proposal:
    """Find the receipt of a returned check, by its number and amount."""
    same = [
        check
        for check in checks
        if check.amount == -line.amount and check.reference == line.check_number
    ]
    if line.check_number and len(same) == 1 and same[0].on <= line.on:
        why = _("Check {number} was returned.", number=line.check_number)
        return Proposal(line.key, Meaning.RETURNED, (same[0],), why)
    return _open(line, _("No one receipt was given for a check of this number and amount."))


def _open(line: BankLine, why: Sentence) -> Proposal:
    return Proposal(line.key, None, (), why)


def _one(line: BankLine, items: Iterable[Item]) -> Item | None:
    """Return the one item of this amount: by the check's number, else the nearest day alone."""
    same = [item for item in items if item.amount == line.amount]
    if line.check_number:
        named = [item for item in same if item.reference == line.check_number]
        if len(named) == 1:
            return named[0]
    near = sorted((i for i in same if abs(i.on - line.on) <= NEAR), key=lambda i: _away(line, i))
    if not near or (len(near) > 1 and _away(line, near[0]) == _away(line, near[1])):
        return None
    return near[0]


def _away(line: BankLine, item: Item) -> int:
    return abs((item.on - line.on).days)


def _ways(line: BankLine, items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Return the sets of items near the day that add up to the line, the likeliest first."""
    near = sorted(
        (i for i in items if abs(i.on - line.on) <= NEAR and _is_part(i, line)),
        key=lambda i: (i.on > line.on, _away(line, i), i.kind, i.key),
    )[:MOST_ITEMS]
    near.sort(key=lambda i: -abs(i.amount.cents))
    return sorted(_sums(near, abs(line.amount.cents)), key=lambda way: _rank(line, way))


def _is_part(item: Item, line: BankLine) -> bool:
    same_way = (item.amount > ZERO) == (line.amount > ZERO)
    return same_way and abs(item.amount.cents) <= abs(line.amount.cents)


def _sums(items: Sequence[Item], wanted: int) -> Iterator[tuple[Item, ...]]:
    """Yield every set of items that adds up to `wanted` cents, within a bound of steps."""
    rest = [0] * (len(items) + 1)
    for place in range(len(items) - 1, -1, -1):
        rest[place] = rest[place + 1] + abs(items[place].amount.cents)
    stack: list[tuple[int, int, tuple[Item, ...]]] = [(0, wanted, ())]
    for _step in range(MOST_STEPS):
        if not stack:
            return
        place, missing, taken = stack.pop()
        if not missing:
            yield taken
        elif place < len(items) and rest[place] >= missing:
            cents = abs(items[place].amount.cents)
            stack.append((place + 1, missing, taken))
            if cents <= missing:
                stack.append((place + 1, missing - cents, (*taken, items[place])))


def _rank(line: BankLine, way: Sequence[Item]) -> tuple[bool, int, int]:
    """A set is likely if it has as many items as the bank says, none later, none far off."""
    told = ITEMS.search(line.words)
    deposits_only = all(item.kind is ItemKind.DEPOSIT for item in way)
    miscounted = bool(told) and not deposits_only and int(told[1]) != len(way) if told else False
    later = sum(item.on > line.on for item in way)
    return miscounted, later, sum(_away(line, item) for item in way)


def _adds_up(way: Sequence[Item]) -> Sentence:
    if len(way) == 1:
        return _("The amount and the day agree.")
    return _("{count} items of these days add up to it.", count=len(way))
