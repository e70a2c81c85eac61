"""Say in accounts what it is when fees are settled, whatever settles them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from diversion.core.money import Money
from diversion.fees.rules import Due
from diversion.ledger.accounts import DEFERRED, RECEIVABLE, TREASURY
from diversion.ledger.commands import Line, credit, debit


def settled(parts: Iterable[tuple[Due, Money]]) -> list[Line]:
    """Return how what is owed and what was not yet earned fall, which is revenue now."""
    by_obligation, earned = Counter[int](), Counter[tuple[int, int]]()
    for due, part in parts:
        by_obligation[due.obligation] += part.cents
        earned[due.account, due.earmark] += part.cents
    lines: list[Line] = []
    for obligation, cents in by_obligation.items():
        lines += [
            debit(DEFERRED, Money(cents), obligation),
            credit(RECEIVABLE, Money(cents), obligation),
        ]
    return lines + [Line(account, -cents, 0, mark) for (account, mark), cents in earned.items()]


def to_purposes(cents_of: Mapping[int, int]) -> list[Line]:
    """Return how cash that the county has already moves from general money to its purposes."""
    moved = {mark: cents for mark, cents in cents_of.items() if mark and cents}
    if not moved:
        return []
    lines = [Line(TREASURY, cents, 0, mark) for mark, cents in moved.items()]
    return [*lines, Line(TREASURY, -sum(moved.values()), 0, 0)]
