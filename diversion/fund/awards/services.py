"""Promise money out of the budget (E28), and ask for all that becomes of an award (E29 to E36)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Invalid
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.awards import queries
from diversion.fund.awards.models import TOLD, Aim, Award
from diversion.fund.budget.models import BudgetLine
from diversion.fund.orders import queries as orders
from diversion.fund.orders import services
from diversion.fund.orders.kinds import Method, OrderKind, PayeeKind
from diversion.fund.orders.models import Order
from diversion.ledger import services as books
from diversion.partners.agencies.models import Organization
from diversion.staff.models import Staff


class PayeeMissing(Invalid):
    """An organization is named, a survivor never is."""

    sentence = _("Choose the organization; for direct help to a survivor choose none.")
    field = "payee"


class MethodMissing(Invalid):
    """An advance leaves at once."""

    sentence = _("Choose how it is paid.")
    field = "method"


class NumberMissing(Invalid):
    """Money leaves under a number."""

    sentence = _("Write the number of the check or transfer.")
    field = "reference"


@dataclass(frozen=True)
class Promise:
    """Who is to get how much, and for what."""

    payee_kind: PayeeKind
    aim: Aim
    amount: Money
    document: str = ""
    note: str = ""


@dataclass(frozen=True)
class Step:
    """What is to become of an award that is there."""

    kind: OrderKind
    amount: Money
    method: Method | None = None
    reference: str = ""
    document: str = ""
    note: str = ""


def promise(
    line: BudgetLine, payee: Organization | None, wanted: Promise, *, key: str, by: Staff,
    on: date, now: datetime,
) -> Order:  # fmt: skip
    """Ask for an award. Raises PayeeMissing, NoAmount, Overspent."""
    if (wanted.payee_kind is PayeeKind.VICTIM) != (payee is None):
        raise PayeeMissing
    asked = {"line": line.id, "payee": payee.id if payee else 0, **asdict(wanted), "by": by.id}
    earlier = once.claim(key, once.request_hash("award", asked))
    if earlier is not None:
        return orders.order(earlier)
    books.hold()
    made = Award(
        number=queries.next_number(on.year), line_id=line.id, earmark=line.earmark,
        payee_kind=wanted.payee_kind, organization_id=payee.id if payee else None,
        aim=wanted.aim, asked_on=on,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.AWARD_ASKED, f"award:{made.number}", by=by, paper=once.row_hash(made, TOLD))
    step = Step(OrderKind.ENCUMBER, wanted.amount, document=wanted.document, note=wanted.note)
    order = services.ask(_order(made, step), by=by, now=now)
    once.settle(key, order.handle)
    return order


def take_step(award: Award, step: Step, *, key: str, by: Staff, now: datetime) -> Order:
    """Ask for more of an award, its release, an advance or a return.

    Raises MethodMissing, NumberMissing, NoAmount, NotForThisPayee, Overspent, NumberUsed.
    """
    if step.kind is OrderKind.ADVANCE and step.method is None:
        raise MethodMissing
    if step.method is not None and not step.reference:
        raise NumberMissing
    asked = {"award": award.id, **asdict(step), "by": by.id}
    earlier = once.claim(key, once.request_hash("award step", asked))
    if earlier is not None:
        return orders.order(earlier)
    order = services.ask(_order(award, step), by=by, now=now)
    once.settle(key, order.handle)
    return order


def _order(award: Award, step: Step) -> Order:
    return Order(
        kind=step.kind, line_id=award.line_id, award_id=award.id, earmark=award.earmark,
        payee_kind=award.payee_kind, amount=step.amount, method=step.method,
        reference=step.reference, document=step.document, note=step.note,
    )  # fmt: skip
