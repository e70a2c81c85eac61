"""Answer what the fund holds for each purpose."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.orders.meaning import AVAILABLE, ENCUMBERED, PAYABLE
from diversion.ledger.accounts import TREASURY
from diversion.ledger.models import Balance, Earmark


@dataclass(frozen=True)
class Held:
    """What is there for a purpose, and how much of it is bound already."""

    number: int
    name: str
    cash: Money
    to_pay: Money
    promised: Money
    set_aside: Money


def held() -> list[Held]:
    """Return each earmark with its money; one statement."""
    columns = (_of(TREASURY, 1), _of(PAYABLE, -1), _of(ENCUMBERED, -1), _of(AVAILABLE, -1))
    query = (
        select(Earmark.number, Earmark.name, *columns)
        .outerjoin(Balance, Balance.earmark == Earmark.number)
        .group_by(Earmark.number, Earmark.name)
        .order_by(Earmark.number)
    )
    return [
        Held(number, name, *(Money(int(cents)) for cents in sums))
        for number, name, *sums in db.session.execute(query)
    ]


def _of(account: int, sign: int) -> Any:
    net = case((Balance.account == account, Balance.debits - Balance.credits), else_=0)
    return func.coalesce(func.sum(net), 0) * sign
