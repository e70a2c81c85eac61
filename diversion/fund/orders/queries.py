"""Find orders, how they stand, and what the accounts they touch hold."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, exists, func, select, tuple_

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import Money
from diversion.fund.orders.kinds import COME_BACK, TAKEN_BACK, Method, OrderKind
from diversion.fund.orders.meaning import EXPENDED, GRANTS, PAYABLE, meaning
from diversion.fund.orders.models import Order, OrderPosting, Payment
from diversion.fund.orders.rules import Key
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import TREASURY
from diversion.ledger.commands import Command
from diversion.ledger.models import Balance, Posting
from diversion.ledger.reports import closings
from diversion.staff.approvals.models import ApprovalDecision, ApprovalRequest


def order(handle: str) -> Order:
    """Return an order by its handle. Raises NotYours."""
    return the_one(select(Order).where(Order.handle == handle))


def entry_of(order_id: int) -> int | None:
    return db.session.scalar(select(OrderPosting.entry).where(OrderPosting.order_id == order_id))


def standing() -> Select[*tuple[Any, ...]]:
    """Return a query of orders with their decision and entry: Order, decision, entry."""
    return (
        select(Order, ApprovalDecision.decision, OrderPosting.entry)
        .join(ApprovalRequest, ApprovalRequest.subject == Order.handle)
        .outerjoin(ApprovalDecision, ApprovalDecision.request_id == ApprovalRequest.id)
        .outerjoin(OrderPosting, OrderPosting.order_id == Order.id)
        .order_by(Order.id.desc())
    )


def is_used(method: Method, reference: str) -> bool:
    """Say whether a check or transfer number was used before."""
    used = exists().where(Payment.method == method, Payment.reference == reference)
    return bool(db.session.scalar(select(used)))


def net_of(command: Command) -> dict[Key, int]:
    """Return debits less credits of what a command touches; the lock of the ledger is held."""
    keys = [(line.account, line.sub, line.earmark) for line in command.key_lines]
    columns = (Balance.account, Balance.sub, Balance.earmark)
    net = func.sum(Balance.debits - Balance.credits)
    query = select(*columns, net).where(tuple_(*columns).in_(keys)).group_by(*columns)
    found = {(a, s, e): int(cents) for a, s, e, cents in db.session.execute(query)}
    for key in keys:
        if key[0] == GRANTS:  # what closes a year takes back nothing that a payee received
            found[key] = found.get(key, 0) - _closed(key)
    return found


def _closed(key: Key) -> int:
    account, sub, earmark = key
    query = select(func.coalesce(func.sum(Posting.cents), 0)).where(
        Posting.account == account, Posting.sub == sub, Posting.earmark == earmark,
        Posting.entry_id.in_(closings()),
    )  # fmt: skip
    return int(db.session.scalar(query) or 0)


def command_of(order: Order, doc: str, memo: str = "") -> Command:
    """Return the entry that an order asks for as the books stand."""
    lapsed = order.kind in COME_BACK and not ledger.balance(EXPENDED, order.award_id)
    return meaning(order, doc, memo, lapsed=lapsed)


def cash_and_promised(earmark: int) -> tuple[Money, Money]:
    """Return the cash of an earmark, and what vouchers still wait to be paid from it."""
    cash = ledger.balance(TREASURY, earmark=earmark)
    return cash, -ledger.balance(PAYABLE, earmark=earmark)


def payments_of(voucher_id: int) -> Sequence[Payment]:
    """Return what was paid on a voucher, the newest first."""
    query = select(Payment).where(Payment.voucher_id == voucher_id).order_by(Payment.id.desc())
    return db.session.scalars(query).all()


def has_check(voucher_id: int) -> bool:
    """Say whether more was paid on a voucher than came back."""
    paid = payments_of(voucher_id)
    return len(paid) > len(come_back(voucher_id, paid))


def come_back(voucher_id: int, paid: Sequence[Payment]) -> dict[int, OrderKind]:
    """Return what became of the payments of a voucher, by id; each takes the one before it back."""
    query = (
        select(Order.kind, OrderPosting.entry)
        .join(Order, Order.id == OrderPosting.order_id)
        .where(Order.voucher_id == voucher_id, Order.kind.in_(TAKEN_BACK))
    )
    return {
        max((each.entry, each.id) for each in paid if each.entry < entry)[1]: kind
        for kind, entry in db.session.execute(query)
    }
