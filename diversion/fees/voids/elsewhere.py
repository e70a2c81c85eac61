"""Void a receipt of whatever kind once somebody else approved: also of the state (E10, S06)."""

from datetime import date, datetime

from diversion.core.database import db
from diversion.fees.state_models import StateReceipt
from diversion.fees.state_receipts import services as state_receipts
from diversion.fees.unplaced import services as unplaced
from diversion.fees.unplaced.models import UnplacedReceipt
from diversion.fees.void_in_place import Why
from diversion.fees.void_models import VoidPaper
from diversion.fees.voids import services
from diversion.staff.models import Staff


def receipt_of(paper: VoidPaper) -> StateReceipt | UnplacedReceipt | None:
    """Return the receipt of a paper that keeps its void; None for that of an account."""
    state = db.session.get(StateReceipt, paper.receipt_id)
    return state or db.session.get(UnplacedReceipt, paper.receipt_id)


def carry_out(paper: VoidPaper, *, approver: Staff, on: date, now: datetime) -> None:
    """Void what was asked for, of whatever kind; the approver is who voids.

    Raises what the void of its kind raises.
    """
    found = receipt_of(paper)
    if found is None:
        services.carry_out(paper, approver=approver, on=on, now=now)
        return
    why = Why(paper.reason, paper.copy, found.hash16, is_asked=True)
    if isinstance(found, StateReceipt):
        state_receipts.void(found, why, by=approver, on=on, now=now)
    else:
        unplaced.void(found, why, by=approver, on=on, now=now)
