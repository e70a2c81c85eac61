"""Ask for a voucher (E30), pay it by a third person (E31), take a check back (E34, E35)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.fund.awards.models import Award
from diversion.fund.orders import queries as orders
from diversion.fund.orders import services
from diversion.fund.orders.kinds import Method, OrderKind, PayeeKind
from diversion.fund.orders.meaning import payment
from diversion.fund.orders.models import PAID, Order, Payment
from diversion.fund.orders.rules import NotPaid, NumberUsed, check_floors
from diversion.fund.vouchers import queries
from diversion.fund.vouchers.models import TOLD, Voucher
from diversion.fund.vouchers.rules import NotToPay, check_new, check_third
from diversion.ledger import services as books
from diversion.staff.approvals.services import Asked
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Bill:
    """What is to be paid, and on which paper that rests."""

    amount: Money
    reference: str
    document: str = ""


def request(award: Award, bill: Bill, *, key: str, by: Staff, on: date, now: datetime) -> Voucher:
    """Ask for a voucher. Raises NoInvoice, InvoiceTwice, NoAmount, Overspent."""
    asked = {"award": award.id, **asdict(bill), "by": by.id}
    earlier = once.claim(key, once.request_hash("voucher", asked))
    if earlier is not None:
        return queries.voucher(earlier)
    books.hold()
    if award.organization_id:
        same = queries.with_invoice(award.organization_id, bill.reference)
        check_new(same, bill.reference, bill.document)
    code = new_handle(8) if award.payee_kind is PayeeKind.VICTIM else None
    made = Voucher(
        number=queries.next_number(on.year), award_id=award.id, payee_kind=award.payee_kind,
        code=code, asked_on=on,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.VOUCHER_ASKED, f"voucher:{made.number}", by=by, paper=once.row_hash(made, TOLD))
    services.ask(_order(made, award, OrderKind.VOUCHER, bill), by=by, now=now)
    once.settle(key, made.number)
    return made


def pay(
    voucher: Voucher, method: Method, reference: str, *, key: str, by: Staff, on: date,
    now: datetime,
) -> Payment:  # fmt: skip
    """Pay what is open on a voucher, whole.

    Raises NotToPay, ThirdPerson, NumberUsed, Overspent, LedgerRefused.
    """
    asked = {"voucher": voucher.id, "method": method, "reference": reference, "by": by.id}
    earlier = once.claim(key, once.request_hash("pay", asked))
    if earlier is not None:
        return db.session.get_one(Payment, int(earlier))
    books.hold()
    row, amount = queries.row_of(voucher.id), queries.open_of(voucher.id)
    if not amount:
        raise NotToPay
    check_third(by.id, (row.Order.asked_by_id, row.decided_by_id))
    if orders.is_used(method, reference):
        raise NumberUsed
    command = payment(voucher.id, row.Order.earmark, amount, voucher.number)
    check_floors(command, orders.net_of(command))
    posted = books.post(command, key=f"pay:{key}", by=by.id, on=on, now=now)
    made = Payment(
        voucher_id=voucher.id, method=method, reference=reference, amount=amount, paid_on=on,
        paid_by_id=by.id, paid_at=now, entry=posted.number,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    once.settle(key, str(made.id))
    record(Act.PAYMENT_MADE, f"voucher:{voucher.number}", by=by, cents=amount.cents,
           entry=posted.number, paper=once.row_hash(made, PAID))  # fmt: skip
    return made


def take_back(
    voucher: Voucher, award: Award, kind: OrderKind, note: str, *, key: str, by: Staff,
    now: datetime,
) -> Order:  # fmt: skip
    """Ask to take back the last check of a voucher: stopped, spoiled, or never cashed.

    Raises NotPaid, and Asked while the same waits.
    """
    asked = {"voucher": voucher.id, "kind": kind, "note": note, "by": by.id}
    earlier = once.claim(key, once.request_hash("take back", asked))
    if earlier is not None:
        return orders.order(earlier)
    books.hold()
    paid = orders.payments_of(voucher.id)
    if not paid:
        raise NotPaid
    if queries.waits_to_come_back(voucher.id):
        raise Asked
    bill = Bill(paid[0].amount, paid[0].reference)
    order = services.ask(_order(voucher, award, kind, bill, note), by=by, now=now)
    once.settle(key, order.handle)
    return order


def _order(voucher: Voucher, award: Award, kind: OrderKind, bill: Bill, note: str = "") -> Order:
    return Order(
        kind=kind, line_id=award.line_id, award_id=award.id, voucher_id=voucher.id,
        earmark=award.earmark, payee_kind=award.payee_kind, amount=bill.amount,
        reference=bill.reference, document=bill.document, note=note,
    )  # fmt: skip
