"""Take back what a bank or a processor took back (E16, E19), and what was won back (E20)."""

from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fees import credits, earmarks
from diversion.fees import queries as fees
from diversion.fees.codes import ReturnReason
from diversion.fees.models import Receipt, ReceiptVoid
from diversion.fees.receipts.services import follow
from diversion.fees.returned import charges, queries, rules
from diversion.fees.returned.models import ReturnedItem, ReturnKind
from diversion.ledger import receipts
from diversion.ledger import services as books
from diversion.ledger.accounts import CARD_CLEARING
from diversion.ledger.commands import Command, Line, credit
from diversion.ledger.events import Event
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Notice:
    """What the paper of the bank says. `fee` is charged to the payer, within the ceiling."""

    kind: ReturnKind = ReturnKind.RETURNED
    reason: ReturnReason = ReturnReason.OTHER
    reference: str = ""
    fee: Money = ZERO


def return_item(
    number: str, notice: Notice, *, by: Staff, approved_by: int, on: date, now: datetime,
    ceiling: Money = ZERO,
) -> ReturnedItem:  # fmt: skip
    """Return the payment of a receipt at once, with the second person who approves it.

    Raises what `ask` and `carry_out` raise.
    """
    item = _keep(number, notice, by=by, on=on, now=now, ceiling=ceiling)
    return carry_out(item, approved_by=approved_by, on=on, now=now)


def ask(
    number: str, notice: Notice, *, by: Staff, on: date, now: datetime, ceiling: Money = ZERO
) -> ReturnedItem:
    """Keep what the bank says of a receipt, and ask a second person to approve it.

    Raises NotYours, NotReturnable, AlreadyReturned, AlreadyAsked, IsVoid, NotAtTheBank,
    NothingToWin, FeeAboveCeiling.
    """
    item = _keep(number, notice, by=by, on=on, now=now, ceiling=ceiling)
    amount = db.session.get_one(Receipt, item.receipt_id).amount
    for earlier in queries.asked(item.receipt_id):
        if waiting_about(Matter.RETURNED_ITEM, earlier.handle) is not None:
            raise rules.AlreadyAsked
    approvals.ask(
        Matter.RETURNED_ITEM, item.handle, amount=amount, request_hash=request_hash(item), by=by,
        now=now,
    )  # fmt: skip
    return item


def _keep(
    number: str, notice: Notice, *, by: Staff, on: date, now: datetime, ceiling: Money
) -> ReturnedItem:
    books.hold()
    receipt = fees.receipt(number)
    rules.check_kind(notice.kind, receipt.mode)
    rules.check_fee(notice.fee, ceiling)
    _check(receipt, notice.kind)
    item = ReturnedItem(
        receipt_id=receipt.id, **vars(notice), asked_on=on, asked_at=now, asked_by_id=by.id,
        reopened=ZERO, credit=ZERO,
    )  # fmt: skip
    db.session.add(item)
    db.session.flush()
    record(Act.RETURN_ASKED, f"returned:{item.handle}", f"receipt:{number}", by=by,
           kind=item.kind.value, reason=item.reason.value)  # fmt: skip
    return item


def request_hash(item: ReturnedItem) -> str:
    """Return what an approval of it is bound to."""
    asked = {n: getattr(item, n) for n in ("handle", "receipt_id", "kind", "reason", "reference")}
    return once.request_hash("returned_item", {**asked, "fee": item.fee.cents})


def carry_out(item: ReturnedItem, *, approved_by: int, on: date, now: datetime) -> ReturnedItem:
    """Post what was asked for; the fees that were paid with it are owed again.

    Raises AlreadyReturned, IsVoid, NotAtTheBank, NothingToWin, LedgerRefused.
    """
    books.hold()
    receipt = db.session.get_one(Receipt, item.receipt_id)
    _check(receipt, item.kind)
    asker = db.session.get_one(Staff, item.asked_by_id)
    won = item.kind is ReturnKind.CHARGEBACK_WON
    act = _win if won else _take_back
    item.entry_number = act(receipt, item, approved_by, on, now)
    item.posted_on, item.approved_by_id = on, approved_by
    db.session.flush()
    if item.fee:
        item.fee_obligation_id = charges.charge(item, by=asker, on=on, now=now)
    follow(receipt, on=on, by=asker)
    record(Act.ITEM_RETURNED, f"returned:{item.handle}", f"receipt:{receipt.number}", by=asker,
           kind=item.kind.value, cents=receipt.amount.cents)  # fmt: skip
    return item


def _check(receipt: Receipt, kind: ReturnKind) -> None:
    if db.session.get(ReceiptVoid, receipt.id) is not None:
        raise rules.IsVoid
    lost = queries.posted(receipt.id, ReturnKind.CHARGEBACK)
    if kind is ReturnKind.CHARGEBACK_WON and not lost:
        raise rules.NothingToWin
    if queries.posted(receipt.id, kind):
        raise rules.AlreadyReturned
    if kind is ReturnKind.RETURNED and not receipts.is_at_bank(receipt.id):
        raise rules.NotAtTheBank


def _take_back(
    receipt: Receipt, item: ReturnedItem, approved_by: int, on: date, now: datetime
) -> int:
    parts = queries.settled_by(receipt.id)
    asker = db.session.get_one(Staff, item.asked_by_id)
    credits.free(receipt, credits.Taker(asker, approved_by, on, now))
    item.credit, item.reopened = receipt.credit, receipt.amount - receipt.credit
    lines = rules.reopened(parts, receipt.credit, receipt.participant_id)
    event = Event.RETURNED_ITEM if item.kind is ReturnKind.RETURNED else Event.CHARGEBACK
    command = Command(event, [*lines, *_given_back(receipt, parts)], doc=receipt.number)
    return books.post(
        command, key=f"returned:{item.handle}", by=item.asked_by_id, approved_by=approved_by,
        on=on, now=now,
    ).number  # fmt: skip


def _given_back(receipt: Receipt, parts: list[rules.Part]) -> list[Line]:
    if not receipts.is_at_bank(receipt.id):
        return [credit(CARD_CLEARING, receipt.amount, receipt.id)]
    return earmarks.cash_out(rules.by_earmark(parts, receipt.credit))


def _win(receipt: Receipt, item: ReturnedItem, approved_by: int, on: date, now: datetime) -> int:
    lost = queries.posted(receipt.id, ReturnKind.CHARGEBACK)[-1]
    return books.reverse(
        lost.entry_number or 0, event=Event.CHARGEBACK_WON, key=f"returned:{item.handle}",
        by=item.asked_by_id, approved_by=approved_by, on=on, now=now, doc=receipt.number,
    ).number  # fmt: skip
