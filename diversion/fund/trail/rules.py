"""Follow the fund's cash from what brought it to what it paid for: first in, first out.

Each earmark is a row of its own. A cent that comes back goes to the head of the row, under
the receipt that first brought it.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Source = tuple[int, int]  # the entry that brought it, and the receipt in it or 0
Claims = Mapping[tuple[int, int], int]  # cents by receipt and earmark


@dataclass(frozen=True)
class Move:
    """What one entry did to the cash, in cents by earmark; `claims` says whose money came.

    `undoes` is the payment that it takes back, `takes_back` the inflow, `bounces` the receipt
    whose money the bank took again.
    """

    entry: int
    into: Mapping[int, int] = field(default_factory=dict)
    out: Mapping[int, int] = field(default_factory=dict)
    claims: Claims = field(default_factory=dict)
    undoes: int | None = None
    takes_back: int | None = None
    bounces: int | None = None


@dataclass
class Lot:
    """Some cents and where they came from."""

    source: Source
    earmark: int
    cents: int


@dataclass
class Trace:
    """What each outflow took, and what still lies there."""

    spent: dict[int, list[Lot]] = field(default_factory=dict)
    left: dict[int, deque[Lot]] = field(default_factory=lambda: defaultdict(deque))

    def uses_of(self, receipt: int) -> list[tuple[int, int]]:
        """Return the entries that spent a receipt, with the cents of it, in their order."""
        found = [
            (entry, sum(lot.cents for lot in lots if lot.source[1] == receipt))
            for entry, lots in self.spent.items()
        ]
        return [(entry, cents) for entry, cents in found if cents]

    def left_of(self, receipt: int) -> int:
        return sum(
            lot.cents for row in self.left.values() for lot in row if lot.source[1] == receipt
        )

    def sources_of(self, entry: int) -> list[tuple[Source, int]]:
        """Return where the cents of an outflow came from that did not come back, in their order."""
        sums: dict[Source, int] = {}
        for lot in self.spent.get(entry, ()):
            sums[lot.source] = sums.get(lot.source, 0) + lot.cents
        return [(source, cents) for source, cents in sums.items() if cents]


def trace(moves: Iterable[Move]) -> Trace:
    """Follow every cent of the cash; `moves` come in the order of the journal."""
    found = Trace()
    for move in moves:
        taken = [lot for mark, cents in move.out.items() for lot in _take(found, mark, cents, move)]
        if move.into and taken:  # money that only changes its purpose keeps its source
            _pour(found, taken, move)
        elif taken:
            found.spent[move.entry] = taken
        elif move.undoes is not None:
            _give_back(found, move)
        else:
            _bring(found, move, move.into)
    return found


def split(cents: int, weights: Sequence[int]) -> list[int]:
    """Split without loss in proportion to weights, by largest remainder, the first first."""
    whole = sum(weights)
    shares = [cents * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-(cents * weights[n] % whole), n))
    for n in order[: cents - sum(shares)]:
        shares[n] += 1
    return shares


def _take(found: Trace, mark: int, cents: int, move: Move) -> list[Lot]:
    row = found.left[mark]
    own = [lot for lot in row if _is_own(lot.source, move)]
    if own:
        row = found.left[mark] = deque([*own, *(lot for lot in row if lot not in own)])
    taken: list[Lot] = []
    while cents and row:
        lot = row[0]
        part = min(cents, lot.cents)
        taken.append(Lot(lot.source, mark, part))
        lot.cents, cents = lot.cents - part, cents - part
        if not lot.cents:
            row.popleft()
    return taken


def _is_own(source: Source, move: Move) -> bool:
    entry, receipt = source
    return move.takes_back == entry or (move.bounces is not None and move.bounces == receipt)


def _pour(found: Trace, taken: list[Lot], move: Move) -> None:
    waiting = deque(taken)
    rest: dict[int, int] = {}
    for mark, cents in move.into.items():
        while cents and waiting:
            lot = waiting.popleft()
            part = min(cents, lot.cents)
            found.left[mark].append(Lot(lot.source, mark, part))
            cents -= part
            if part < lot.cents:
                waiting.appendleft(Lot(lot.source, lot.earmark, lot.cents - part))
        rest[mark] = cents
    _bring(found, move, rest)
    if waiting:
        found.spent[move.entry] = list(waiting)


def _give_back(found: Trace, move: Move) -> None:
    lots, rest = found.spent.get(move.undoes or 0, []), dict(move.into)
    for mark in rest:
        for lot in reversed([each for each in lots if each.earmark == mark]):
            part = min(rest[mark], lot.cents)
            if part:
                found.left[mark].appendleft(Lot(lot.source, mark, part))
            lot.cents, rest[mark] = lot.cents - part, rest[mark] - part
    _bring(found, move, rest)


def _bring(found: Trace, move: Move, into: Mapping[int, int]) -> None:
    for mark, cents in into.items():
        of = [(receipt, due) for (receipt, m), due in move.claims.items() if m == mark and due > 0]
        receipts = [receipt for receipt, _due in of] or [0]
        for receipt, part in zip(
            receipts, split(cents, [due for _r, due in of] or [1]), strict=True
        ):
            if part:
                found.left[mark].append(Lot((move.entry, receipt), mark, part))
