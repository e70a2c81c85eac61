"""Say in accounts what an order is; the numbers of the rules are those of the posting table."""

from collections.abc import Callable, Mapping
from typing import Protocol

from diversion.core.money import Money
from diversion.fund.orders.kinds import OrderKind, PayeeKind
from diversion.ledger.accounts import BY_CODE, TREASURY, Group
from diversion.ledger.commands import Command, Line, credit, debit
from diversion.ledger.events import Event

ADVANCES, PAYABLE, UNCLAIMED = 1400, 2200, 2300
GRANTS = 5020
CONTROL, AVAILABLE, ENCUMBERED, EXPENDED = 9000, 9010, 9020, 9030
EXPENSE = {PayeeKind.VICTIM: 5010, PayeeKind.ORGANIZATION: GRANTS, PayeeKind.AGENCY: 5030}


class Asked(Protocol):
    """What the lines of an order are made from."""

    kind: OrderKind
    line_id: int
    award_id: int | None
    voucher_id: int | None
    earmark: int
    payee_kind: PayeeKind | None
    amount: Money


def meaning(order: Asked, doc: str, memo: str = "", *, lapsed: bool = False) -> Command:
    """Return the entry that an order asks for (E27 to E30, E32 to E36).

    What comes back after the budget that it was spent from has `lapsed` frees none of it.
    """
    lines = LINES[order.kind](order)
    if lapsed:
        lines = [line for line in lines if BY_CODE[line.account].group is not Group.BUDGET]
    return Command(order.kind.event, lines, doc=doc, memo=memo)


def payment(voucher_id: int, earmark: int, amount: Money, doc: str) -> Command:
    """Return the entry of paying a voucher (E31)."""
    lines = [debit(PAYABLE, amount, voucher_id, earmark), credit(TREASURY, amount, 0, earmark)]
    return Command(Event.PAY, lines, doc=doc)


def _pair(order: Asked, debited: int, credited: int) -> list[Line]:
    a, e = order.amount, order.earmark
    return [
        debit(debited, a, _key(order, debited), e),
        credit(credited, a, _key(order, credited), e),
    ]


def _key(order: Asked, account: int) -> int:
    """Return what an account is kept by: its line, its voucher, its award, or nothing."""
    keys = {
        TREASURY: 0, CONTROL: 0, AVAILABLE: order.line_id, PAYABLE: order.voucher_id,
        UNCLAIMED: order.voucher_id,
    }  # fmt: skip
    return keys.get(account, order.award_id) or 0


def _stale(order: Asked) -> list[Line]:
    a, e = order.amount, order.earmark
    return [debit(TREASURY, a, 0, e), credit(UNCLAIMED, a, order.voucher_id or 0)]


def _spent(order: Asked) -> list[Line]:
    expense = EXPENSE[order.payee_kind or PayeeKind.ORGANIZATION]
    return [*_pair(order, expense, PAYABLE), *_pair(order, ENCUMBERED, EXPENDED)]


def _of(*pairs: tuple[int, int]) -> Callable[[Asked], list[Line]]:
    return lambda order: [line for pair in pairs for line in _pair(order, *pair)]


K = OrderKind
LINES: Mapping[OrderKind, Callable[[Asked], list[Line]]] = {
    K.BUDGET_ADOPT: _of((CONTROL, AVAILABLE)),
    K.BUDGET_AMEND: _of((CONTROL, AVAILABLE)),  # a reduction is a negative amount
    K.ENCUMBER: _of((AVAILABLE, ENCUMBERED)),
    K.RELEASE: _of((ENCUMBERED, AVAILABLE)),
    K.VOUCHER: _spent,
    K.ADVANCE: _of((ADVANCES, TREASURY), (ENCUMBERED, EXPENDED)),
    K.ADVANCE_CLEARED: _of((GRANTS, ADVANCES)),
    K.ADVANCE_RETURNED: _of((TREASURY, ADVANCES), (EXPENDED, AVAILABLE)),
    K.CHECK_VOIDED: _of((TREASURY, PAYABLE)),
    K.CHECK_STALE: _stale,
    K.GRANT_RETURNED: _of((TREASURY, GRANTS), (EXPENDED, AVAILABLE)),
}
