"""Let money go out of the fund, through the services that do it."""

from dataclasses import dataclass
from itertools import count

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.awards import services as awards
from diversion.fund.awards.models import Aim, Award
from diversion.fund.awards.services import Promise, Step
from diversion.fund.budget import services as budget
from diversion.fund.budget.models import BudgetLine
from diversion.fund.orders import services as orders
from diversion.fund.orders.kinds import OrderKind, PayeeKind, matter_of
from diversion.fund.orders.models import Order
from diversion.fund.vouchers import services as vouchers
from diversion.fund.vouchers.models import Voucher
from diversion.fund.vouchers.services import Bill
from diversion.ledger import services as books
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.partners.agencies.models import Organization
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Decision
from diversion.staff.approvals.queries import about
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fund import TODAY
from tests.factories.partners import make_organization
from tests.factories.staff import make_staff

JULY = 7
_keys = count(1)


@dataclass
class Office:
    """Three people of finance, and a coordinator who asks for vouchers."""

    asks: Staff
    agrees: Staff
    pays: Staff
    coordinator: Staff


def make_office() -> Office:
    names = ("Bruno Castell", "Helen Park", "Noor Haddad")
    finance = [make_staff(Role.FINANCE_APPROVER, name=name) for name in names]
    return Office(*finance, make_staff(Role.COURT_COORDINATOR, name="Rosa Delgado"))


def key() -> str:
    return f"key-of-a-form-{next(_keys)}"


def give(dollars: int, earmark: int = 0) -> int:
    """Let a grant come straight to the treasurer; return its entry."""
    amount = Money(dollars * 100)
    lines = [debit(1020, amount, 0, earmark), credit(4300, amount, 0, earmark)]
    command = Command(Event.GRANT_IN, lines)
    return books.post(command, key=key(), by=9_000_900, on=TODAY, now=NOW).number


def agree(order: Order, by: Staff, doc: str = "paper") -> int:
    """Approve an order and post it; return its entry."""
    request = about(matter_of(order.kind), order.handle)[0]
    approvals.decide(
        request, Decision.APPROVED, seen=request.hash16, by=by, limit=Money(100_000), now=NOW
    )
    return orders.carry_out(order, doc=doc, by=by, on=TODAY, now=NOW).number


def make_line(office: Office, dollars: int = 1000, earmark: int = 0, name: str = "") -> BudgetLine:
    line = budget.add_line(name or f"Services {next(_keys)}", earmark, by=office.asks)
    agree(propose(office, line, dollars), office.agrees)
    return line


def propose(office: Office, line: BudgetLine, dollars: int) -> Order:
    return budget.propose(
        line, Money(dollars * 100), "Board resolution", key=key(), first_month=JULY,
        by=office.asks, on=TODAY, now=NOW,
    )  # fmt: skip


def promise(
    office: Office, line: BudgetLine, dollars: int = 500,
    payee_kind: PayeeKind = PayeeKind.ORGANIZATION, payee: Organization | None = None,
) -> Order:  # fmt: skip
    if payee is None and payee_kind is not PayeeKind.VICTIM:
        payee = make_organization(office.asks)
    wanted = Promise(payee_kind, Aim.HOUSING, Money(dollars * 100))
    return awards.promise(line, payee, wanted, key=key(), by=office.asks, on=TODAY, now=NOW)


def make_award(
    office: Office, line: BudgetLine, dollars: int = 500,
    payee_kind: PayeeKind = PayeeKind.ORGANIZATION,
) -> Award:  # fmt: skip
    order = promise(office, line, dollars, payee_kind)
    agree(order, office.agrees)
    return db.session.get_one(Award, order.award_id)


def take_step(office: Office, award: Award, kind: OrderKind, dollars: int, **more: object) -> Order:
    step = Step(kind, Money(dollars * 100), **more)  # type: ignore[arg-type]
    return awards.take_step(award, step, key=key(), by=office.asks, now=NOW)


def request(office: Office, award: Award, dollars: int = 100) -> Voucher:
    bill = Bill(Money(dollars * 100), f"INV-{next(_keys)}", "ab" * 32)
    return vouchers.request(award, bill, key=key(), by=office.coordinator, on=TODAY, now=NOW)
