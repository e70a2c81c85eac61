"""Find awards and what is left of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import Money
from diversion.fund.awards.models import Award
from diversion.fund.budget.models import BudgetLine
from diversion.fund.orders.meaning import ADVANCES, ENCUMBERED, EXPENDED
from diversion.ledger.models import Balance
from diversion.partners.agencies.models import Organization


@dataclass(frozen=True)
class Left:
    """What an award still promises, what was spent of it, and what a grantee has in advance."""

    promised: Money
    spent: Money
    advanced: Money


def award(number: str) -> Award:
    """Return an award by its number. Raises NotYours."""
    return the_one(select(Award).where(Award.number == number))


def awards() -> Select[*tuple[Any, ...]]:
    """Return a query of the awards, newest first: Award, line, payee, promised, spent, advanced."""
    query = (
        select(
            Award, BudgetLine.name.label("line"), Organization.name.label("payee"),
            _sum(ENCUMBERED, -1).label("promised"), _sum(EXPENDED, -1).label("spent"),
            _sum(ADVANCES, 1).label("advanced"),
        )
        .join(BudgetLine, BudgetLine.id == Award.line_id)
        .outerjoin(Organization, Organization.id == Award.organization_id)
        .outerjoin(
            Balance,
            and_(
                Balance.sub == Award.id, Balance.account.in_((ADVANCES, ENCUMBERED, EXPENDED))
            ),
        )
        .group_by(Award.id, BudgetLine.name, Organization.name)
    )  # fmt: skip
    return query.order_by(Award.id.desc())


def row_of(award_id: int) -> Any:
    return db.session.execute(awards().where(Award.id == award_id)).one()


def open_awards() -> Sequence[Any]:
    """Return the awards that still promise something, by number."""
    query = awards().having(_sum(ENCUMBERED, -1) > 0).order_by(None).order_by(Award.id)
    return db.session.execute(query).all()


def left(award_id: int) -> Left:
    row = row_of(award_id)
    return Left(Money(int(row.promised)), Money(int(row.spent)), Money(int(row.advanced)))


def next_number(year: int) -> str:
    """Return the next number of a year; the lock of the ledger is held."""
    used = select(func.count()).select_from(Award).where(Award.number.like(f"G-{year}-%"))
    return f"G-{year}-{(db.session.scalar(used) or 0) + 1:04d}"


def _sum(account: int, sign: int) -> Any:
    net = case((Balance.account == account, Balance.debits - Balance.credits), else_=0)
    return func.coalesce(func.sum(net), 0) * sign
