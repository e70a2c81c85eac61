"""Answer who the people behind numbers are."""

from collections.abc import Collection

from sqlalchemy import select

from diversion.core.database import db
from diversion.staff.models import Staff


def names_of(numbers: Collection[int]) -> dict[int, str]:
    """Return the names of members of staff; a number without a row has none."""
    if not numbers:
        return {}
    query = select(Staff.id, Staff.name).where(Staff.id.in_(numbers))
    return {row.id: row.name for row in db.session.execute(query)}
