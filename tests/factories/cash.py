"""Bring the money of receipts to the bank."""

from itertools import count

from diversion.fees import earmarks
from diversion.fees.models import Receipt
from diversion.ledger import services as books
from diversion.ledger.accounts import CARD_CLEARING, IN_TRANSIT, UNDEPOSITED
from diversion.ledger.commands import Command, Mode, credit, debit
from diversion.ledger.events import Event
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY
from tests.factories.staff import make_staff

_bags = count(9001)


def bring_to_bank(receipt: Receipt, by: Staff | None = None) -> None:
    """Deposit a receipt and let the bank confirm it, or settle its card payment."""
    by = by or make_staff(Role.FINANCE_APPROVER, name="Quin Abara")
    cash = earmarks.cash_in(earmarks.brought_by([receipt.id]))
    if receipt.mode is Mode.CARD:
        _post(Event.CARD_SETTLED, [*cash, credit(CARD_CLEARING, receipt.amount, receipt.id)], by)
        return
    bag = next(_bags)
    lines = [debit(IN_TRANSIT, receipt.amount, bag)]
    _post(Event.DEPOSIT, [*lines, credit(UNDEPOSITED, receipt.amount, receipt.id)], by)
    other = make_staff(Role.FINANCE_APPROVER, name="Pia Lund")
    _post(Event.DEPOSIT_CONFIRMED, [*cash, credit(IN_TRANSIT, receipt.amount, bag)], other)


def _post(event: Event, lines: list, by: Staff) -> None:  # type: ignore[type-arg]
    key = f"bank-{next(_bags)}"
    books.post(Command(event, lines), key=key, by=by.id, on=TODAY, now=NOW)
