"""Void a receipt that keeps its void with it: of the state's fee, or without an account."""

from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.fees.in_drawer import Deposited, is_here
from diversion.fees.models import KeepsItsVoid, VoidReason
from diversion.fees.void_models import PayersCopy, VoidPaper
from diversion.fees.void_papers import put_to_another
from diversion.ledger import services as books
from diversion.ledger.events import Event
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission


class Stale(Refused):
    """Whoever voids has seen the receipt as it is."""

    sentence = _("This receipt has changed since you opened the page. Look at it again.")


class VoidAlready(Refused):
    """A receipt is voided once."""

    sentence = _("This receipt is void already.")


class AnotherDay(Refused):
    """A void counts on the day of its receipt, or not at all."""

    sentence = _("A receipt can be voided only on its day.")


class Gone(Deposited):
    """What left the drawer stays receipted; there is no fee here to pay back."""

    sentence = _("This money is no longer in the drawer, so its receipt stays.")


@dataclass(frozen=True)
class Why:
    """Why a receipt is void, where the payer's copy is, and the seal that the page showed.

    `is_asked`: a paper says so already.
    """

    reason: VoidReason
    copy: PayersCopy
    seen: str
    is_asked: bool = False


def way(receipt: KeepsItsVoid, *, by: Staff, on: date) -> str:
    """Say whether somebody may `void` it now, may `ask` somebody else to, or neither.

    It is of today, lies in the drawer, and whoever took the money never voids it.
    """
    if receipt.taken_on != on or receipt.void_entry is not None or not is_here(receipt.id):
        return ""
    if by.may(Permission.RECEIPT_VOID) and receipt.taken_by_id != by.id:
        return "void"
    return "ask" if by.may(Permission.RECEIPT_TAKE) else ""


def check(receipt: KeepsItsVoid, seen: str, on: date) -> None:
    """Raise VoidAlready, Stale, AnotherDay or Gone."""
    if receipt.void_entry is not None:
        raise VoidAlready
    if seen != receipt.hash16:
        raise Stale
    if receipt.taken_on != on:
        raise AnotherDay
    if not is_here(receipt.id):
        raise Gone


def ask(receipt: KeepsItsVoid, why: Why, *, by: Staff, on: date, now: datetime) -> VoidPaper:
    """Ask somebody else to void a receipt of today.

    Raises VoidAlready, Stale, AnotherDay, Gone, AlreadyAsked.
    """
    books.hold(receipt)
    check(receipt, why.seen, on)
    return put_to_another(receipt, why.reason, why.copy, by=by, on=on, now=now)


def void(
    receipt: KeepsItsVoid, why: Why, *, event: Event, by: Staff, on: date, now: datetime
) -> None:
    """Turn a receipt back whole on its day; whoever took the money can't.

    Raises VoidAlready, Stale, AnotherDay, Gone, LedgerRefused.
    """
    check(receipt, why.seen, on)
    receipt.void_entry = books.reverse(
        receipt.entry_number, event=event, key=f"void:{receipt.number}", by=by.id, on=on, now=now,
        doc=receipt.number,
    ).number  # fmt: skip
    receipt.void_reason, receipt.voided_by_id, receipt.voided_on = why.reason, by.id, on
    if not why.is_asked:
        db.session.add(VoidPaper(
            receipt_id=receipt.id, reason=why.reason, copy=why.copy, asked_on=on, asked_at=now,
            asked_by_id=by.id,
        ))  # fmt: skip
    db.session.flush()
    record(Act.RECEIPT_VOIDED, f"receipt:{receipt.number}", by=by, reason=why.reason.value,
           copy_returned=int(why.copy is PayersCopy.RETURNED))  # fmt: skip
