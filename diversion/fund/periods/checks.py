"""Check a month before it is closed: each check counts the rows that stand against it."""

from collections.abc import Callable

from diversion.fund.periods import book_checks as books
from diversion.fund.periods import money_checks as money
from diversion.fund.periods.outcome import Asked, Outcome
from diversion.fund.periods.waiting_check import waiting

CHECKS: tuple[Callable[[Asked], Outcome | None], ...] = (
    money.deposited, books.numbers, money.drawers, money.confirmed, money.bank, money.suspense,
    waiting, books.balanced, books.proved, books.signed, books.weeks, money.statutory,
    books.year_end, books.before,
)  # fmt: skip


def run(asked: Asked) -> list[Outcome]:
    """Return all checks that the month needs, in the order of the list."""
    return [found for check in CHECKS if (found := check(asked)) is not None]
