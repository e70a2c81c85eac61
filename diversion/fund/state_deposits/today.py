"""Offer what lies in the drawer of the state's fee to whoever brings it away."""

from flask import url_for

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.deposits.queries import due_from
from diversion.fund.office.services import may_deposit
from diversion.ledger.accounts import STATUTORY_UNDEPOSITED
from diversion.ledger.receipts import undeposited
from diversion.staff.models import Staff
from diversion.web.calendar import court_today
from diversion.web.filters import day
from diversion.web.today import Block, BlockSource


def drawer(staff: Staff) -> Block | None:
    """Return what of the state's fee nobody has brought to the treasurer yet."""
    if not may_deposit(staff):
        return None
    lying = undeposited(account=STATUTORY_UNDEPOSITED)
    if not lying:
        return None
    oldest = min(receipt.on for receipt in lying)
    total = Money.total(receipt.amount for receipt in lying)
    return Block(
        title=_("The state's fee in the drawer"),
        count=len(lying),
        link=url_for("fund.state_deposits.new"),
        link_text=_("Make the deposit"),
        note=_("{amount}, oldest receipt {day}", amount=total, day=day(oldest)),
        urgent=oldest < due_from(court_today()),
    )


SOURCE = BlockSource(_("State's fee not yet deposited"), 21, drawer)
