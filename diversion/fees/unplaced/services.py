"""Take money that has no account (E08, E26a), and void it on its day (E10)."""

from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees import typed_again, void_in_place
from diversion.fees.rules import check_paper
from diversion.fees.unplaced import queries
from diversion.fees.unplaced.models import UnplacedKind, UnplacedReceipt
from diversion.fees.void_in_place import Why
from diversion.fees.void_models import VoidPaper
from diversion.ledger import services as books
from diversion.ledger.accounts import SUSPENSE, UNDEPOSITED
from diversion.ledger.commands import OWN_RECEIPT, Command, Mode, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.staff.models import Staff

DONATIONS = 4300


class NotByCard(Invalid):
    """A card payment always has an account."""

    sentence = _("Money without an account is cash, a check or a money order.")
    field = "mode"


class Placed(Refused):
    """What stands on an account is not turned back without it."""

    sentence = _(
        "This money was placed on an account after it was taken, so its receipt stays. Ask for a "
        "refund there."
    )


@dataclass(frozen=True)
class Handed:
    """What was handed over without an account; `earmark` is a donor's purpose."""

    kind: UnplacedKind
    amount: Money
    mode: Mode
    reference: str = ""
    earmark: int = 0


def take(
    handed: Handed, *, key: str, by: Staff, on: date, now: datetime, again: bool = True
) -> once.Outcome[UnplacedReceipt]:
    """Give a numbered receipt for money without an account; the key counts once.

    `again`: also where the same was receipted a moment ago, else TypedAgain.
    Raises NoNumber, NotByCard, CardNumber, LedgerRefused.
    """
    hashed = once.request_hash("unplaced", {**vars(handed), "amount": handed.amount.cents})
    earlier = once.claim(key, hashed)
    if earlier is not None:
        return once.Outcome(queries.receipt(earlier), repeated=True)
    if handed.mode in (Mode.CARD, Mode.UNKNOWN):
        raise NotByCard
    check_paper(handed.mode, handed.reference)
    if not again:
        _check_again(handed, by, on, now)
    posted = books.post(_meaning(handed, on), key=f"receipt:{key}", by=by.id, on=on, now=now)
    made = UnplacedReceipt(
        id=posted.receipt_id, number=posted.receipt_number, entry_number=posted.number,
        entry_hash=posted.hash, **vars(handed), taken_on=on, taken_at=now, taken_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    once.settle(key, made.number)
    record(Act.RECEIPT_GIVEN, f"receipt:{made.number}", by=by, cents=made.amount.cents,
           mode=made.mode.value, kind=made.kind.value)  # fmt: skip
    return once.Outcome(made)


def _check_again(handed: Handed, by: Staff, on: date, now: datetime) -> None:
    same = typed_again.Same(handed.amount, handed.mode, handed.reference, by, on, now)
    alike = UnplacedReceipt.kind == handed.kind
    valid = UnplacedReceipt.void_entry.is_(None)
    typed_again.check(UnplacedReceipt, UnplacedReceipt.taken_by_id, same, alike, valid)


def _meaning(handed: Handed, on: date) -> Command:
    """Say in accounts what it is: a donation is revenue, the rest waits in suspense."""
    tender = Tender(f"M-{on.year}-", handed.mode, handed.amount, handed.reference)
    taken = debit(UNDEPOSITED, handed.amount, OWN_RECEIPT)
    if handed.kind is UnplacedKind.DONATION:
        given = credit(DONATIONS, handed.amount, 0, handed.earmark)
        return Command(Event.DONATION_RECEIPT, [taken, given], tender=tender)
    waits = credit(SUSPENSE, handed.amount, OWN_RECEIPT)
    return Command(Event.RECEIPT_UNIDENTIFIED, [taken, waits], tender=tender)


def check_unplaced(receipt: UnplacedReceipt) -> None:
    """Raise Placed where the money of a receipt stands on an account by now."""
    placed = receipt.kind is UnplacedKind.UNIDENTIFIED and queries.waiting_of(receipt.id) == ZERO
    if placed and receipt.void_entry is None:
        raise Placed


def ask_void(
    receipt: UnplacedReceipt, why: Why, *, by: Staff, on: date, now: datetime
) -> VoidPaper:
    """Ask somebody else to void a receipt of today. Raises Placed, and what the asking raises."""
    books.hold(receipt)
    check_unplaced(receipt)
    return void_in_place.ask(receipt, why, by=by, on=on, now=now)


def void(
    receipt: UnplacedReceipt, why: Why, *, by: Staff, on: date, now: datetime
) -> UnplacedReceipt:
    """Void a receipt on its day; whoever took the money can't.

    Raises Placed, VoidAlready, Stale, AnotherDay, Gone, LedgerRefused.
    """
    books.hold(receipt)
    check_unplaced(receipt)
    void_in_place.void(receipt, why, event=Event.VOID_RECEIPT, by=by, on=on, now=now)
    return receipt
