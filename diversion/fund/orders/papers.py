"""Lead from the number of a paper of money out to its page."""

from flask import url_for

from diversion.fund.orders.kinds import OrderKind
from diversion.ledger.events import Event

MONEY_OUT = frozenset(kind.event for kind in OrderKind) | {Event.PAY}


def paper_at(document: str) -> str:
    """Return the address of a voucher, an award, or an order about the budget."""
    if document.startswith("V-"):
        return url_for("fund.vouchers.show", number=document)
    if document.startswith("G-"):
        return url_for("fund.awards.show", number=document)
    return url_for("fund.decisions.show", subject=document) if document else ""
