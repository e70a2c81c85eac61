"""Answer which money went to the bank, and how it was made up."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from diversion.core.database import db
from diversion.fund.deposits.models import Deposit


def numbers_of(ids: Collection[int]) -> Sequence[Any]:
    """Return id and number of deposits."""
    if not ids:
        return []
    return db.session.execute(select(Deposit.id, Deposit.number).where(Deposit.id.in_(ids))).all()
