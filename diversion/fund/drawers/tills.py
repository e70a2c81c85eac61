"""Answer how much change of the fund each till keeps, and who has it open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import Money
from diversion.fund.drawers.models import DrawerSession, Till
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import CHANGE_FUND
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Kept:
    """A till, its change, and who has it open."""

    till: Till
    change: Money
    cashier: str


def till(handle: str) -> Till:
    """Return a till by its handle. Raises NotYours."""
    return the_one(select(Till).where(Till.handle == handle))


def named(name: str) -> Till | None:
    """Return the till of a name, however it is written: databases fold few letters."""
    rows = db.session.scalars(select(Till))
    return next((each for each in rows if each.name.casefold() == name.casefold()), None)


def name_of(till_id: int | None) -> str:
    """Return the name of the till that a drawer is, or nothing."""
    found = db.session.get(Till, till_id) if till_id is not None else None
    return found.name if found else ""


def change_in(till_id: int) -> Money:
    return ledger.balance(CHANGE_FUND, till_id)


def with_change() -> list[Till]:
    """Return the tills that keep change."""
    keys = ledger.with_a_balance(CHANGE_FUND)
    return list(db.session.scalars(select(Till).where(Till.id.in_(keys)).order_by(Till.id)))


def open_at(till_id: int) -> DrawerSession | None:
    """Return the open drawer of a till."""
    query = select(DrawerSession).where(
        DrawerSession.till_id == till_id, DrawerSession.closed_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def all_of_them() -> Sequence[Kept]:
    """Return every till with its change: two statements."""
    is_open = (DrawerSession.till_id == Till.id) & DrawerSession.closed_at.is_(None)
    query = (
        select(Till, Staff.name)
        .outerjoin(DrawerSession, is_open)
        .outerjoin(Staff, Staff.id == DrawerSession.cashier_id)
        .order_by(Till.id)
    )
    rows = db.session.execute(query).all()
    net = ledger.balances(CHANGE_FUND, [till.id for till, _name in rows])
    return [Kept(till, net.get(till.id, Money(0)), name or "") for till, name in rows]
