"""Let somebody who takes no money say that the county is a small office, or no longer."""

from datetime import date, datetime

from diversion.core.errors import NotYours, Refused
from diversion.core.words import _
from diversion.ledger import office
from diversion.ledger.facts import is_small_office
from diversion.ledger.models import OfficeSwitch
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission


class OwnMoney(Refused):
    """Nobody frees themselves of a rule."""

    sentence = _("You take money yourself. Somebody who does not switches this on.")


def switch(reason: str, *, wanted: bool, by: Staff, on: date, now: datetime) -> OfficeSwitch:
    """Switch small-office mode for what is posted from now on.

    Raises OwnMoney, WhyMissing, SoAlready.
    """
    if wanted and by.may(Permission.RECEIPT_TAKE):
        raise OwnMoney
    return office.switch(reason, wanted=wanted, by=by, on=on, now=now)


def may_deposit(staff: Staff) -> bool:
    """Say whether somebody may bring money to the bank now: a cashier in a small office alone."""
    if staff.may(Permission.DEPOSIT_PREPARE):
        return True
    return staff.may(Permission.RECEIPT_TAKE) and is_small_office()


def check_may_deposit(by: Staff) -> None:
    """Raise NotYours for who may not bring money to the bank now."""
    if not may_deposit(by):
        raise NotYours
