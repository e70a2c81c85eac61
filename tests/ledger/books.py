"""Post what the tests of the ledger are about, in as few words as possible."""

from datetime import date
from itertools import count
from typing import Any

from diversion.core.money import Money
from diversion.ledger import services
from diversion.ledger.commands import OWN_RECEIPT, Command, Line, Mode, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.services import Posted
from tests.conftest import NOW

TODAY = date(2026, 11, 21)
CASHIER, APPROVER, ACCOUNTANT = 7, 8, 9
_keys = count(1)


def post(event: Event, *lines: Line, by: int = CASHIER, key: str = "", **more: Any) -> Posted:
    command_parts = {k: more.pop(k) for k in ("doc", "memo", "reverses", "tender") if k in more}
    command = Command(event, lines, **command_parts)
    given = {"on": TODAY, "now": NOW, **more}
    return services.post(command, key=key or f"test-{next(_keys)}", by=by, **given)


def assess(obligation: int = 31, cents: int = 100_000, **more: Any) -> Posted:
    amount = Money(cents)
    return post(
        Event.ASSESS, debit(1200, amount, obligation), credit(2500, amount, obligation), **more
    )


def receipt(
    obligation: int = 31, cents: int = 40_000, *, series: str = "M-2026-", **more: Any
) -> Posted:
    return post(*receipt_lines(obligation, cents), tender=tender(cents, series), **more)


def receipt_lines(obligation: int, cents: int) -> tuple[Any, ...]:
    amount = Money(cents)
    return (
        Event.RECEIPT, debit(1010, amount, OWN_RECEIPT), debit(2500, amount, obligation),
        credit(1200, amount, obligation), credit(4010, amount),
    )  # fmt: skip


def tender(cents: int, series: str = "M-2026-", mode: Mode = Mode.CASH, ref: str = "") -> Tender:
    return Tender(series, mode, Money(cents), ref)


def deposit(number: int, *receipts: tuple[int, int], by: int = ACCOUNTANT, **more: Any) -> Posted:
    whole = Money(sum(cents for _, cents in receipts))
    lines = [debit(1015, whole, number)]
    lines += [credit(1010, Money(cents), key) for key, cents in receipts]
    return post(Event.DEPOSIT, *lines, by=by, **more)


def void(posted: Posted, *, by: int = APPROVER, key: str = "", **more: Any) -> Posted:
    given = {"on": TODAY, "now": NOW, **more}
    key = key or f"void-{next(_keys)}"
    return services.reverse(posted.number, event=Event.VOID_RECEIPT, key=key, by=by, **given)


def reverse(posted: Posted, *, by: int = CASHIER, approved_by: int | None = APPROVER) -> Posted:
    return services.reverse(
        posted.number, key=f"back-{next(_keys)}", by=by, approved_by=approved_by, on=TODAY, now=NOW
    )
