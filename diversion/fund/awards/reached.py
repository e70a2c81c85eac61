"""Answer what each organization was promised and given."""

from typing import Any

from sqlalchemy import Select, and_, case, func, select

from diversion.fund.awards.models import Award
from diversion.fund.orders.meaning import ENCUMBERED, EXPENDED
from diversion.ledger.models import Balance
from diversion.partners.agencies.models import Organization


def reached() -> Select[*tuple[Any, ...]]:
    """Return a query of the organizations in use, by name: name, kind, awards, promised, spent."""
    books = and_(Balance.sub == Award.id, Balance.account.in_((ENCUMBERED, EXPENDED)))
    return (
        select(
            Organization.name, Organization.kind,
            func.count(Award.id.distinct()).label("awards"),
            _sum(ENCUMBERED).label("promised"), _sum(EXPENDED).label("spent"),
        )
        .outerjoin(Award, Award.organization_id == Organization.id)
        .outerjoin(Balance, books)
        .where(Organization.retired_on.is_(None))
        .group_by(Organization.id, Organization.name, Organization.kind)
        .order_by(Organization.name)
    )  # fmt: skip


def _sum(account: int) -> Any:
    net = case((Balance.account == account, Balance.credits - Balance.debits), else_=0)
    return func.coalesce(func.sum(net), 0)
