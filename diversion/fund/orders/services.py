"""Ask for an entry about the fund's money, and post it once a second person agreed."""

from collections.abc import Mapping
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.orders import queries
from diversion.fund.orders.kinds import TAKEN_BACK, Method, OrderKind, matter_of
from diversion.fund.orders.models import PAID, Order, OrderPosting, Payment
from diversion.fund.orders.rules import NotPaid, NumberUsed, check_cash, check_floors, check_kind
from diversion.ledger import services as books
from diversion.ledger.services import Posted
from diversion.staff.approvals import services as approvals
from diversion.staff.models import Staff

FACTS = (
    "kind", "line_id", "award_id", "voucher_id", "earmark", "payee_kind", "amount", "method",
    "reference", "document", "note",
)  # fmt: skip


def request_hash(order: Order) -> str:
    """Return what an approval is bound to: all that the order says."""
    facts: Mapping[str, object] = {name: getattr(order, name) for name in FACTS}
    return once.request_hash("fund order", {**facts, "handle": order.handle})


def ask(order: Order, *, by: Staff, now: datetime) -> Order:
    """Keep an order and ask a second person to decide it.

    Raises NoAmount, NotForThisPayee, Overspent, NumberUsed, NotPaid.
    """
    books.hold()
    order.asked_by_id, order.asked_at = by.id, now
    _check(order)
    db.session.add(order)
    db.session.flush()
    approvals.ask(
        matter_of(order.kind), order.handle, amount=Money(abs(order.amount.cents)),
        request_hash=request_hash(order), by=by, now=now,
    )  # fmt: skip
    record(Act.ORDER_ASKED, f"order:{order.handle}", by=by, kind=order.kind.value,
           cents=order.amount.cents)  # fmt: skip
    return order


def carry_out(order: Order, *, doc: str, by: Staff, on: date, now: datetime) -> Posted:
    """Post what was approved; `doc` is what the journal calls the paper.

    Raises NotApproved, Overspent, NumberUsed, NotPaid, LedgerRefused.
    """
    books.hold()
    approver = approvals.approver_of(matter_of(order.kind), order.handle, request_hash(order))
    _check(order)
    posted = books.post(
        queries.command_of(order, doc, order.note), key=f"order:{order.handle}",
        by=order.asked_by_id, approved_by=approver, on=on, now=now,
    )  # fmt: skip
    db.session.add(OrderPosting(order_id=order.id, entry=posted.number))
    paper = None
    if order.method is not None:
        paid = _paid(order, order.method, posted, on, now)
        db.session.add(paid)
        paper = once.row_hash(paid, PAID)
    db.session.flush()
    record(Act.ORDER_POSTED, f"order:{order.handle}", by=by, entry=posted.number,
           paper=paper)  # fmt: skip
    return posted


def _check(order: Order) -> None:
    check_kind(order.kind, order.amount, order.payee_kind)
    if order.method and queries.is_used(order.method, order.reference):
        raise NumberUsed
    if order.kind in TAKEN_BACK and not queries.has_check(order.voucher_id or 0):
        raise NotPaid
    command = queries.command_of(order, "")
    check_floors(command, queries.net_of(command))
    if order.kind is OrderKind.VOUCHER:
        check_cash(*queries.cash_and_promised(order.earmark), order.amount)


def _paid(order: Order, method: Method, posted: Posted, on: date, now: datetime) -> Payment:
    return Payment(
        order_id=order.id, method=method, reference=order.reference, amount=order.amount,
        paid_on=on, paid_by_id=order.asked_by_id, paid_at=now, entry=posted.number,
    )  # fmt: skip
