"""Find drawers: who has one open, how they were counted, what nobody signed yet."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fund.drawers.models import DrawerCount, DrawerSession
from diversion.staff.models import Staff


def drawer(handle: str) -> DrawerSession:
    """Return a drawer by its handle. Raises NotYours."""
    query = select(DrawerSession).where(DrawerSession.handle == handle)
    return the_one(query)


def open_of(cashier: int) -> DrawerSession | None:
    """Return the open drawer of a cashier."""
    query = select(DrawerSession).where(
        DrawerSession.cashier_id == cashier, DrawerSession.closed_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def not_settled() -> list[DrawerSession]:
    """Return the drawers that are open, or whose difference nobody signed; oldest first."""
    query = select(DrawerSession).where(DrawerSession.signed_by_id.is_(None))
    rows = db.session.scalars(query.order_by(DrawerSession.id))
    return [each for each in rows if not each.is_settled]


def listed() -> Select[*tuple[Any, ...]]:
    """Return drawers with their cashiers, newest first."""
    query = select(DrawerSession, Staff.name).join(Staff, Staff.id == DrawerSession.cashier_id)
    return query.order_by(DrawerSession.id.desc())


def holder(first: date, last: date) -> Callable[[int, datetime], str | None]:
    """Return a function that names the drawer of a cashier at an instant; one statement."""
    days = DrawerSession.opened_on.between(first, last)
    held: dict[int, list[DrawerSession]] = defaultdict(list)
    for each in db.session.scalars(select(DrawerSession).where(days).order_by(DrawerSession.id)):
        held[each.cashier_id].append(each)

    def of(cashier: int, at: datetime) -> str | None:
        return next(
            (
                each.handle
                for each in held.get(cashier, ())
                if each.opened_at <= at and (each.closed_at is None or at <= each.closed_at)
            ),
            None,
        )

    return of


def count_of(session_id: int) -> dict[int, int]:
    """Return how a drawer was counted: pieces by value in cents, the largest first."""
    query = select(DrawerCount.unit, DrawerCount.pieces)
    query = query.where(DrawerCount.session_id == session_id).order_by(DrawerCount.unit.desc())
    return {row.unit: row.pieces for row in db.session.execute(query)}


def differing(
    first: date, last: date, *, known_at: datetime | None = None
) -> list[DrawerSession]:  # fmt: skip
    """Return the drawers opened between two days that were over or short, oldest first.

    `known_at`: the last instant that counts; without it, now.
    """
    query = select(DrawerSession).where(
        DrawerSession.opened_on.between(first, last), DrawerSession.counted.is_not(None),
        DrawerSession.counted != DrawerSession.expected,
    )  # fmt: skip
    if known_at is not None:
        query = query.where(DrawerSession.closed_at <= known_at)
    return list(db.session.scalars(query.order_by(DrawerSession.id)))
