"""Say who may be the second person, and up to which amount.

Source: ledger.md 5.1, separation of duties.
"""

from collections.abc import Mapping

from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission, Role

P = Permission
DECIDED_BY: Mapping[Matter, Permission] = {
    Matter.ADJUSTMENT: P.BOOKS_APPROVE,
    Matter.ASSESSMENT: P.WAIVER_APPROVE,
    Matter.AWARD: P.BUDGET_APPROVE,
    Matter.BANK: P.BOOKS_APPROVE,
    Matter.BUDGET: P.BUDGET_APPROVE,
    Matter.DEPOSIT_DIFFERENCE: P.BOOKS_APPROVE,
    Matter.OVER_SHORT: P.BOOKS_APPROVE,
    Matter.IDENTIFICATION: P.BOOKS_APPROVE,
    Matter.REFUND: P.REFUND_APPROVE,
    Matter.REFUND_CANCEL: P.REFUND_APPROVE,
    Matter.REMITTANCE: P.BOOKS_APPROVE,
    Matter.REOPENING: P.BOOKS_APPROVE,
    Matter.RETURNED_ITEM: P.BOOKS_APPROVE,
    Matter.REVERSAL: P.BOOKS_APPROVE,
    Matter.STATE_RETURN: P.BOOKS_APPROVE,
    Matter.UNPLACED_RETURN: P.BOOKS_APPROVE,
    Matter.VOID: P.RECEIPT_VOID,
    Matter.VOUCHER: P.VOUCHER_APPROVE,
    Matter.WAIVER: P.WAIVER_APPROVE,
    Matter.WRITE_OFF: P.WAIVER_APPROVE,
}


class SamePerson(Refused):
    """Who asks does not decide."""

    sentence = _("You asked for this, so somebody else must decide it.")


class NotTheirs(Refused):
    """Only whoever asked takes a request back."""

    sentence = _("Only the person who asked for this can withdraw it.")


class AboveLimit(Refused):
    """Above a supervisor's limit the finance manager decides."""


class Decided(Refused):
    """A request is decided once."""

    sentence = _("This was decided already. Look at it again.")


class Changed(Refused):
    """Whoever decides has seen what is asked as it is."""

    sentence = _("What is asked here has changed since you opened the page. Look at it again.")


def limit_of(staff: Staff, limit: Money) -> Money | None:
    """Return up to which amount a person decides; None where there is no limit."""
    return None if Role.FINANCE_APPROVER in staff.roles else limit


def check(decision: Decision, amount: Money, asked_by: int, by: Staff, limit: Money) -> None:
    """Raise SamePerson, NotTheirs or AboveLimit where `by` can't decide so."""
    if decision is Decision.WITHDRAWN:
        if by.id != asked_by:
            raise NotTheirs
        return
    if by.id == asked_by:
        raise SamePerson
    upper = limit_of(by, limit)
    if decision is Decision.APPROVED and upper is not None and amount > upper:
        raise AboveLimit(
            _("You can approve up to {limit}. A finance manager has to decide this.", limit=upper)
        )
