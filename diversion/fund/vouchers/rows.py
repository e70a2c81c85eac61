"""Put together what lists of vouchers show, and say who may open which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.awards.words import AIMS
from diversion.fund.orders.kinds import PAYEES, PayeeKind
from diversion.fund.vouchers.rules import State, state_of
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission

STATES: Mapping[State, tuple[Sentence, str]] = {
    State.ASKED: (_("Waits for approval"), "warn"),
    State.REFUSED: (_("Refused"), "plain"),
    State.TO_PAY: (_("To pay"), "warn"),
    State.PAID: (_("Paid"), "ok"),
    State.UNCLAIMED: (_("Not cashed"), "bad"),
}


@dataclass(frozen=True)
class Line:
    """A voucher as a list shows it."""

    number: str
    award: str
    payee: str | Sentence
    aim: Sentence
    asked_on: date
    amount: Money
    open: Money
    state: State
    words: Sentence
    tone: str


def line_of(row: Any) -> Line:
    """Return what a row of `queries.vouchers` shows; a survivor is the voucher's code."""
    state = state_of(row.decision, int(row.open), int(row.unclaimed))
    payee = row.name or _("{kind} {code}", kind=PAYEES[row.Voucher.payee_kind],
                          code=row.Voucher.code or "")  # fmt: skip
    return Line(
        row.Voucher.number, row.award, payee, AIMS[row.aim], row.Voucher.asked_on,
        row.Order.amount, Money(int(row.open)), state, *STATES[state],
    )  # fmt: skip


def offered(awards: Sequence[Any], staff: Staff) -> list[Any]:
    """Return the awards to ask from: who knows survivors asks for them on their own pages."""
    knows = staff.may(Permission.HELP_ASK)
    return [row for row in awards if not (knows and row.Award.payee_kind is PayeeKind.VICTIM)]


def sees_all(staff: Staff) -> bool:
    """Say whether a person may see every voucher; others see what they asked for."""
    return staff.may(Permission.LEDGER_READ) or staff.may(Permission.VOUCHER_APPROVE)


def check_visible(row: Any, staff: Staff) -> None:
    """Raise NotYours for another's voucher."""
    if not sees_all(staff) and row.Order.asked_by_id != staff.id:
        raise NotYours
