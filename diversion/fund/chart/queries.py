"""Answer which accounts are in use, what stands on them, and who switched them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from diversion.core.database import db
from diversion.fund.chart.models import AccountSwitch, Use
from diversion.fund.chart.rules import ACCOUNTS
from diversion.ledger.models import AccountRow
from diversion.staff.models import Staff


def is_on(use: Use) -> bool:
    """Say whether a use is switched on: with all of its accounts."""
    query = select(AccountRow.active).where(AccountRow.code.in_(ACCOUNTS[use]))
    return all(db.session.scalars(query))


def switches(use: Use) -> Sequence[Any]:
    """Return how often a use was switched, newest first: AccountSwitch, name."""
    query = select(AccountSwitch, Staff.name).join(Staff, Staff.id == AccountSwitch.switched_by_id)
    query = query.where(AccountSwitch.use == use).order_by(AccountSwitch.id.desc())
    return db.session.execute(query).all()
