"""Answer who the people behind numbers are."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from diversion.core.database import db
from diversion.staff.models import Staff
from diversion.staff.permissions import Role


def names_of(numbers: Collection[int]) -> dict[int, str]:
    """Return the names of members of staff; a number without a row has none."""
    if not numbers:
        return {}
    query = select(Staff.id, Staff.name).where(Staff.id.in_(numbers))
    return {row.id: row.name for row in db.session.execute(query)}


def deputies() -> dict[str, Staff]:
    """Return the deputies who can sign in, by handle, in the order of their names."""
    query = select(Staff).options(selectinload(Staff.grants)).order_by(Staff.name)
    return {each.handle: each for each in db.session.scalars(query) if Role.DEPUTY_DA in each.roles}
