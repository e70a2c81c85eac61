"""Make earmarks and lines of the budget; ask for what each line may hold (E27)."""

from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.budget import queries
from diversion.fund.budget.models import BudgetLine
from diversion.fund.budget.rules import year_start
from diversion.fund.orders import queries as orders
from diversion.fund.orders import services
from diversion.fund.orders.kinds import OrderKind
from diversion.fund.orders.models import Order
from diversion.ledger import earmarks
from diversion.staff.models import Staff


class LineTaken(Refused):
    """Two lines of one earmark do not share a name."""

    sentence = _("A line of this name is already there.")
    field = "name"


def add_earmark(name: str, *, by: Staff, key: str = "") -> int:
    """Make a purpose that money can be bound to. Raises EarmarkTaken."""
    asked = {"name": name, "by": by.id}
    if key and (earlier := once.claim(key, once.request_hash("earmark", asked))) is not None:
        return int(earlier)
    number = earmarks.add(name)
    record(Act.EARMARK_ADDED, f"earmark:{number}", by=by)
    if key:
        once.settle(key, str(number))
    return number


def add_line(name: str, earmark: int, *, by: Staff, key: str = "") -> BudgetLine:
    """Make a line; it holds nothing until an amount is adopted. Raises LineTaken."""
    asked = {"name": name, "earmark": earmark, "by": by.id}
    if key and (earlier := once.claim(key, once.request_hash("budget line", asked))) is not None:
        return queries.line(earlier)
    taken = [each.name.lower() for each in queries.lines() if each.earmark == earmark]
    if name.lower() in taken:
        raise LineTaken
    made = BudgetLine(name=name, earmark=earmark)
    db.session.add(made)
    db.session.flush()
    record(Act.BUDGET_LINE_ADDED, f"budget_line:{made.handle}", by=by)
    if key:
        once.settle(key, made.handle)
    return made


def propose(
    line: BudgetLine, amount: Money, note: str, *, key: str, first_month: int, by: Staff,
    on: date, now: datetime,
) -> Order:  # fmt: skip
    """Ask to adopt a line for the year, or to change it once it is adopted.

    Raises NoAmount, Overspent: a line goes down to what is not yet promised.
    """
    asked = {"line": line.id, "cents": amount.cents, "note": note, "by": by.id}
    earlier = once.claim(key, once.request_hash("budget", asked))
    if earlier is not None:
        return orders.order(earlier)
    adopted = queries.is_adopted(line.id, year_start(on, first_month))
    kind = OrderKind.BUDGET_AMEND if adopted else OrderKind.BUDGET_ADOPT
    order = Order(kind=kind, line_id=line.id, earmark=line.earmark, amount=amount, note=note)
    services.ask(order, by=by, now=now)
    once.settle(key, order.handle)
    return order
