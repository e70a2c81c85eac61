"""Ask for the void of a receipt, and void it once somebody else approved (E10)."""

from datetime import date, datetime

from sqlalchemy import select

from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import NotYours, Refused
from diversion.core.words import _
from diversion.fees.in_drawer import check_here
from diversion.fees.models import Numbered, Receipt, ReceiptVoid, VoidReason
from diversion.fees.receipts import services as receipts
from diversion.fees.refunds.queries import is_needed
from diversion.fees.refunds.rules import OnItsWayBack
from diversion.fees.void_models import PayersCopy, VoidPaper
from diversion.ledger import services as books
from diversion.ledger.codes import Code
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about
from diversion.staff.models import Staff


class AnotherDay(Refused):
    """A void counts on the day of its receipt, or not at all."""

    sentence = _("A receipt can be voided only on its day. Ask for a refund instead.")


class AlreadyAsked(Refused):
    """One request about a receipt at a time."""

    sentence = _("Somebody asked for this void already. It waits for a decision.")


def ask(
    receipt: Receipt, *, reason: VoidReason, copy: PayersCopy, by: Staff, on: date, now: datetime
) -> VoidPaper:
    """Ask somebody else to void a receipt of today.

    Raises AnotherDay, AlreadyVoid, Deposited, AlreadyAsked.
    """
    books.hold()
    if receipt.taken_on != on or receipt.imported:
        raise AnotherDay
    if db.session.get(ReceiptVoid, receipt.id) is not None:
        raise receipts.AlreadyVoid
    check_here(receipt.id)
    return put_to_another(receipt, reason, copy, by=by, on=on, now=now)


def put_to_another(
    receipt: Numbered, reason: VoidReason, copy: PayersCopy, *, by: Staff, on: date, now: datetime
) -> VoidPaper:
    """Let a void that may be asked for wait for somebody else. Raises AlreadyAsked."""
    if waiting(receipt.id) is not None:
        raise AlreadyAsked
    paper = _keep(receipt, reason, copy, by=by, on=on, now=now)
    approvals.ask(
        Matter.VOID, paper.handle, amount=receipt.amount, request_hash=request_hash(paper), by=by,
        now=now,
    )  # fmt: skip
    return paper


def void_at_once(
    receipt: Receipt, *, reason: VoidReason, copy: PayersCopy, seen: str, by: Staff, on: date,
    now: datetime,
) -> ReceiptVoid:  # fmt: skip
    """Void a receipt that somebody else took, without a request. Raises what `void` raises."""
    made = _void(receipt, reason, copy, seen=seen, by=by, on=on, now=now)
    _keep(receipt, reason, copy, by=by, on=on, now=now)
    return made


def carry_out(paper: VoidPaper, *, approver: Staff, on: date, now: datetime) -> ReceiptVoid:
    """Void what was asked for; the approver is who voids. Raises what `void` raises."""
    receipt = db.session.get_one(Receipt, paper.receipt_id)
    return _void(
        receipt, paper.reason, paper.copy, seen=receipt.hash16, by=approver, on=on, now=now
    )


def request_hash(paper: VoidPaper) -> str:
    """Return what an approval of it is bound to."""
    asked = {n: getattr(paper, n) for n in ("handle", "receipt_id", "reason", "copy")}
    return once.request_hash("void", asked)


def paper(handle: str) -> VoidPaper:
    """Return a request by its handle. Raises NotYours."""
    found = db.session.scalars(select(VoidPaper).where(VoidPaper.handle == handle)).one_or_none()
    if found is None:
        raise NotYours
    return found


def papers_of(receipt_id: int) -> list[VoidPaper]:
    """Return what was asked about a receipt, newest first."""
    query = select(VoidPaper).where(VoidPaper.receipt_id == receipt_id)
    return list(db.session.scalars(query.order_by(VoidPaper.id.desc())))


def waiting(receipt_id: int) -> VoidPaper | None:
    """Return what was asked about a receipt and waits for somebody."""
    found = papers_of(receipt_id)
    return next((p for p in found if waiting_about(Matter.VOID, p.handle)), None)


def _keep(
    receipt: Numbered, reason: VoidReason, copy: PayersCopy, *, by: Staff, on: date, now: datetime
) -> VoidPaper:
    paper = VoidPaper(
        receipt_id=receipt.id, reason=reason, copy=copy, asked_on=on, asked_at=now,
        asked_by_id=by.id,
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    return paper


def _void(
    receipt: Receipt, reason: VoidReason, copy: PayersCopy, *, seen: str, by: Staff, on: date,
    now: datetime,
) -> ReceiptVoid:  # fmt: skip
    """Void it unless its money left, or is on its way back by check.

    Raises OnItsWayBack and Deposited too.
    """
    books.hold()
    if db.session.get(ReceiptVoid, receipt.id) is None and receipt.taken_on == on:
        check_here(receipt.id)
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
