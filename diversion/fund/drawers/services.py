"""Open a drawer with its change, count it blind, and sign what is over or short."""

from collections.abc import Mapping
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Invalid, NotYours, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fund.deposits.models import WhyDifferent
from diversion.fund.deposits.rules import counted
from diversion.fund.drawers import queries, tills
from diversion.fund.drawers.models import DrawerCount, DrawerSession, Till
from diversion.ledger import receipts
from diversion.ledger import services as books
from diversion.staff.models import Staff


class OpenAlready(Refused):
    """A cashier has one drawer at a time."""

    sentence = _("Your drawer is open already. Count it first.")


class NotAnAmount(Invalid):
    """The change in a drawer is nothing or more."""

    sentence = _("Write how much change is in the drawer, or 0.")
    field = "change_fund"


class TillInUse(Refused):
    """Two people never answer for one drawer."""

    sentence = _("Somebody else has this drawer open. Choose another one.")
    field = "till"


class TillMissing(Invalid):
    """Where the fund keeps change in drawers, the day begins with one of them."""

    sentence = _("Choose the drawer that you take.")
    field = "till"


class CountedAlready(Refused):
    """A drawer is counted once; a recount is the deposit's."""

    sentence = _("This drawer was counted already.")


class NothingToSign(Refused):
    """Only a difference is signed, once."""

    sentence = _("There is no difference to sign.")


class OwnDrawer(Refused):
    """Whoever keeps the drawer does not sign for it."""

    sentence = _("This is your own drawer. Somebody else signs the difference.")


def open_drawer(
    change_fund: Money, *, by: Staff, on: date, now: datetime, till: Till | None = None
) -> DrawerSession:
    """Open the drawer of a cashier with its change; a till begins with what the books say.

    Raises OpenAlready, NotAnAmount, TillInUse, TillMissing.
    """
    books.hold()
    if queries.open_of(by.id) is not None:
        raise OpenAlready
    if till is None and tills.with_change():
        raise TillMissing
    if till is not None:
        if tills.open_at(till.id) is not None:
            raise TillInUse
        change_fund = tills.change_in(till.id)
    if change_fund < ZERO:
        raise NotAnAmount
    made = DrawerSession(
        cashier_id=by.id, opened_on=on, opened_at=now.replace(microsecond=0),
        change_fund=change_fund, till_id=till.id if till else None,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.DRAWER_OPENED, f"drawer:{made.handle}", by=by, cents=change_fund.cents)
    return made


def count(
    drawer: DrawerSession, pieces: Mapping[int, int], *, by: Staff, now: datetime
) -> DrawerSession:
    """Close a drawer with the count of its cash; what it should hold is compared after.

    Raises NotYours, CountedAlready.
    """
    books.hold(drawer)
    if drawer.cashier_id != by.id:
        raise NotYours
    if not drawer.is_open:
        raise CountedAlready
    change = tills.change_in(drawer.till_id) if drawer.till_id else drawer.change_fund
    drawer.expected = change + receipts.cash_since(by.id, drawer.opened_at)
    drawer.counted, drawer.closed_at = counted(pieces), now
    db.session.add_all(
        DrawerCount(session_id=drawer.id, unit=unit, pieces=number)
        for unit, number in pieces.items()
        if number
    )
    db.session.flush()
    record(Act.DRAWER_COUNTED, f"drawer:{drawer.handle}", by=by, cents=drawer.counted.cents,
           difference=drawer.difference.cents)  # fmt: skip
    return drawer


def sign(drawer: DrawerSession, reason: WhyDifferent, *, by: Staff, now: datetime) -> DrawerSession:
    """Sign what is over or short, with its reason. Raises NothingToSign, OwnDrawer."""
    books.hold(drawer)
    if drawer.is_open or drawer.is_settled:
        raise NothingToSign
    if drawer.cashier_id == by.id:
        raise OwnDrawer
    drawer.reason, drawer.signed_by_id, drawer.signed_at = reason, by.id, now
    db.session.flush()
    record(Act.DRAWER_SIGNED, f"drawer:{drawer.handle}", by=by, reason=reason.value,
           difference=drawer.difference.cents)  # fmt: skip
    return drawer
