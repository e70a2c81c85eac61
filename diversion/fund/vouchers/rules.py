"""Say how a voucher stands, and who may pay it."""

from collections.abc import Collection
from enum import StrEnum

from diversion.core.errors import Invalid, Refused
from diversion.core.words import _
from diversion.staff.approvals.models import Decision


class State(StrEnum):
    """How far a voucher has come."""

    ASKED = "asked"
    REFUSED = "refused"
    TO_PAY = "to_pay"
    PAID = "paid"
    UNCLAIMED = "unclaimed"


class ThirdPerson(Refused):
    """Who asks, who approves and who pays are three people."""

    sentence = _("You had a hand in this voucher, so a third person pays it.")


class InvoiceTwice(Refused):
    """A bill is paid once."""

    field = "reference"


class NoInvoice(Invalid):
    """A payee that is not a survivor sends a bill."""

    sentence = _("Write the number of the invoice, or add the invoice itself.")
    field = "reference"


class NotToPay(Refused):
    """A voucher is paid whole, once it is approved."""

    sentence = _("There is nothing to pay on this voucher.")


def state_of(decision: Decision | None, open_cents: int, unclaimed: int) -> State:
    """Return how a voucher stands, from its decision and what is open on it."""
    if decision is None:
        return State.ASKED
    if decision is not Decision.APPROVED:
        return State.REFUSED
    if open_cents:
        return State.TO_PAY
    return State.UNCLAIMED if unclaimed else State.PAID


def check_new(earlier: str, invoice: str, document: str) -> None:
    """Raise NoInvoice, and InvoiceTwice where a voucher stands for the same bill of the payee."""
    if not invoice and not document:
        raise NoInvoice
    if earlier:
        raise InvoiceTwice(
            _(
                "This invoice was asked for with voucher {number}. If it is paid in parts, "
                "name the part, such as {invoice}/2.", number=earlier, invoice=invoice,
            )
        )  # fmt: skip


def check_third(by: int, hands: Collection[int | None]) -> None:
    """Raise ThirdPerson where whoever pays asked or approved."""
    if by in hands:
        raise ThirdPerson
