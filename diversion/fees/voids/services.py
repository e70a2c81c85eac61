"""Ask for the void of a receipt, and void it once somebody else approved (E10)."""

from datetime import date, datetime

from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.fees import void_papers as papers
from diversion.fees.in_drawer import check_here
from diversion.fees.models import Receipt, ReceiptVoid, VoidReason
from diversion.fees.receipts import services as receipts
from diversion.fees.refunds.queries import is_needed
from diversion.fees.refunds.rules import OnItsWayBack
from diversion.fees.unplaced.queries import is_here as was_unplaced
from diversion.fees.unplaced.services import Placed
from diversion.fees.void_models import PayersCopy, VoidPaper
from diversion.ledger import services as books
from diversion.ledger.codes import Code
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.models import Staff


class AnotherDay(Refused):
    """A void counts on the day of its receipt, or not at all."""

    sentence = _("A receipt can be voided only on its day. Ask for a refund instead.")


def ask(
    receipt: Receipt, *, reason: VoidReason, copy: PayersCopy, by: Staff, on: date, now: datetime
) -> VoidPaper:
    """Ask somebody else to void a receipt of today.

    Raises AnotherDay, AlreadyVoid, Placed, Deposited, AlreadyAsked.
    """
    books.hold()
    if receipt.taken_on != on or receipt.imported:
        raise AnotherDay
    if db.session.get(ReceiptVoid, receipt.id) is not None:
        raise receipts.AlreadyVoid
    _check(receipt)
    return papers.put_to_another(receipt, reason, copy, by=by, on=on, now=now)


def void_at_once(
    receipt: Receipt, *, reason: VoidReason, copy: PayersCopy, seen: str, by: Staff, on: date,
    now: datetime,
) -> ReceiptVoid:  # fmt: skip
    """Void a receipt that somebody else took, without a request. Raises what `void` raises."""
    made = _void(receipt, reason, copy, seen=seen, by=by, on=on, now=now)
    papers.keep(receipt, reason, copy, by=by, on=on, now=now)
    return made


def carry_out(paper: VoidPaper, *, approver: Staff, on: date, now: datetime) -> ReceiptVoid:
    """Void what was asked for; the approver is who voids. Raises what `void` raises."""
    receipt = db.session.get_one(Receipt, paper.receipt_id)
    return _void(
        receipt, paper.reason, paper.copy, seen=receipt.hash16, by=approver, on=on, now=now
    )


def _void(
    receipt: Receipt, reason: VoidReason, copy: PayersCopy, *, seen: str, by: Staff, on: date,
    now: datetime,
) -> ReceiptVoid:  # fmt: skip
    """Void it unless its money left, or is on its way back by check.

    Raises OnItsWayBack, Placed and Deposited too.
    """
    books.hold()
    if db.session.get(ReceiptVoid, receipt.id) is None and receipt.taken_on == on:
        _check(receipt)
        if is_needed(receipt.id):
            raise OnItsWayBack
    try:
        return receipts.void(
            receipt, reason=reason, copy_returned=copy is PayersCopy.RETURNED, seen=seen, by=by,
            on=on, now=now,
        )  # fmt: skip
    except LedgerRefused as no:
        if no.code is Code.NOT_THE_SAME_DAY:
            raise AnotherDay from no
        raise


def _check(receipt: Receipt) -> None:
    if was_unplaced(receipt.number):
        raise Placed
    check_here(receipt.id)
