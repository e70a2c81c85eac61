"""Let money flow through the ledger, in numbers only."""

from datetime import date
from itertools import count

from diversion.core import clock
from diversion.core.money import Money
from diversion.ledger import services
from diversion.ledger.commands import OWN_RECEIPT, Command, Mode, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.services import Posted

_keys = count(1)
TODAY = date(2026, 11, 21)


def assess(obligation: int, dollars: int = 1000, by: int = 9_000_900, on: date = TODAY) -> Posted:
    """Let `obligation` owe a fee."""
    fee = Money(dollars * 100)
    lines = [debit(1200, fee, obligation), credit(2500, fee, obligation)]
    return _post(Command(Event.ASSESS, lines), by, on)


def take(
    dollars: int = 50,
    *,
    by: int,
    mode: Mode = Mode.CASH,
    reference: str = "",
    obligation: int = 0,
    on: date = TODAY,
) -> Posted:
    """Take money under a receipt number; without an obligation it is a donation."""
    amount = Money(dollars * 100)
    tender = Tender(f"M-{on.year}-", mode, amount, reference)
    cash = 1030 if mode == Mode.CARD else 1010
    lines = [debit(cash, amount, OWN_RECEIPT)]
    if not obligation:
        return _post(
            Command(Event.DONATION_RECEIPT, [*lines, credit(4300, amount)], tender=tender), by, on
        )
    lines += [
        debit(2500, amount, obligation),
        credit(1200, amount, obligation),
        credit(4010, amount),
    ]
    event = Event.RECEIPT_CARD if mode == Mode.CARD else Event.RECEIPT
    return _post(Command(event, lines, tender=tender), by, on)


def void(taken: Posted, by: int, on: date = TODAY) -> Posted:
    """Turn a receipt back on its own day."""
    return services.reverse(
        taken.number,
        event=Event.VOID_RECEIPT,
        key=f"test:{next(_keys)}",
        by=by,
        on=on,
        now=clock.now(),
    )


def _post(command: Command, by: int, on: date) -> Posted:
    return services.post(command, key=f"test:{next(_keys)}", by=by, on=on, now=clock.now())
