"""Find vouchers, how they stand, and what was paid on them."""

from typing import Any

from sqlalchemy import Select, and_, case, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import Money
from diversion.fund.awards.models import Award
from diversion.fund.orders.kinds import TAKEN_BACK, OrderKind
from diversion.fund.orders.meaning import PAYABLE, UNCLAIMED
from diversion.fund.orders.models import Order
from diversion.fund.vouchers.models import Voucher
from diversion.ledger import queries as ledger
from diversion.ledger.models import Balance
from diversion.partners.agencies.models import Organization
from diversion.staff.approvals.models import ApprovalDecision, ApprovalRequest, Decision

_BOOKS = and_(Balance.sub == Voucher.id, Balance.account.in_((PAYABLE, UNCLAIMED)))


def voucher(number: str) -> Voucher:
    """Return a voucher by its number. Raises NotYours."""
    return the_one(select(Voucher).where(Voucher.number == number))


def vouchers(asked_by: int | None = None) -> Select[*tuple[Any, ...]]:
    """Return a query of vouchers, newest first, each with its order, decision and what is open."""
    own = and_(Order.voucher_id == Voucher.id, Order.kind == OrderKind.VOUCHER)
    query = (
        select(
            Voucher, Order, Award.number.label("award"), Award.aim, Organization.name,
            ApprovalDecision.decision, ApprovalDecision.decided_by_id,
            _of(PAYABLE).label("open"), _of(UNCLAIMED).label("unclaimed"),
        )
        .join(Order, own)
        .join(Award, Award.id == Voucher.award_id)
        .join(ApprovalRequest, ApprovalRequest.subject == Order.handle)
        .outerjoin(Organization, Organization.id == Award.organization_id)
        .outerjoin(ApprovalDecision, ApprovalDecision.request_id == ApprovalRequest.id)
        .outerjoin(Balance, _BOOKS)
        .group_by(
            Voucher.id, Order.id, Award.number, Award.aim, Organization.name,
            ApprovalDecision.decision, ApprovalDecision.decided_by_id,
        )
        .order_by(Voucher.id.desc())
    )  # fmt: skip
    return query if asked_by is None else query.where(Order.asked_by_id == asked_by)


def row_of(voucher_id: int) -> Any:
    return db.session.execute(vouchers().where(Voucher.id == voucher_id)).one()


def to_pay() -> Select[*tuple[Any, ...]]:
    """Return the approved vouchers that wait for a check or transfer."""
    return vouchers().having(_of(PAYABLE) > 0)


def with_invoice(organization_id: int, invoice: str) -> str:
    """Return the voucher that pays an invoice of a payee, or waits to; else nothing."""
    if not invoice:
        return ""
    gone = (Decision.REFUSED, Decision.WITHDRAWN)
    query = (
        vouchers()
        .where(Award.organization_id == organization_id)
        .where(func.lower(Order.reference) == invoice.lower())
    )
    rows = db.session.execute(query)
    return next((row.Voucher.number for row in rows if row.decision not in gone), "")


def waits_to_come_back(voucher_id: int) -> bool:
    """Say whether somebody asked to take a check back, and nobody decided yet."""
    query = (
        select(Order.id)
        .join(ApprovalRequest, ApprovalRequest.subject == Order.handle)
        .outerjoin(ApprovalDecision, ApprovalDecision.request_id == ApprovalRequest.id)
        .where(Order.voucher_id == voucher_id, Order.kind.in_(TAKEN_BACK))
        .where(ApprovalDecision.request_id.is_(None))
    )
    return db.session.scalar(query.limit(1)) is not None


def open_of(voucher_id: int) -> Money:
    return -ledger.balance(PAYABLE, voucher_id)


def next_number(year: int) -> str:
    """Return the next number of a year; the lock of the ledger is held."""
    used = select(func.count()).select_from(Voucher).where(Voucher.number.like(f"V-{year}-%"))
    return f"V-{year}-{(db.session.scalar(used) or 0) + 1:04d}"


def _of(account: int) -> Any:
    net = case((Balance.account == account, Balance.credits - Balance.debits), else_=0)
    return func.coalesce(func.sum(net), 0)
