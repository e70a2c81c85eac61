"""Tell the checks and transfers by which money left, for whoever holds them against the bank."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from diversion.core.database import db
from diversion.fund.orders.models import Payment


def numbers() -> dict[int, str]:
    """Return the number of the check or transfer by the entry that it was posted as."""
    rows = db.session.execute(select(Payment.entry, Payment.reference))
    return {row.entry: row.reference for row in rows}


def paid_between(first: date, last: date) -> Sequence[Payment]:
    """Return what was paid within some days, the oldest first."""
    query = select(Payment).where(Payment.paid_on.between(first, last)).order_by(Payment.id)
    return db.session.scalars(query).all()
