"""Say whether the money of a receipt is still at the counter."""

from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.ledger.accounts import TENDERS
from diversion.ledger.queries import balance


class Deposited(Refused):
    """What left the drawer is no longer handed back at the counter."""

    sentence = _("This money is no longer in the drawer. Ask for a refund instead.")


def is_here(receipt_id: int) -> bool:
    return any(balance(account, receipt_id) for account in TENDERS)


def check_here(receipt_id: int) -> None:
    """Raise Deposited where the money of a receipt left the drawer, or its card was settled."""
    if not is_here(receipt_id):
        raise Deposited
