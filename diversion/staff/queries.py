"""Answer who the people behind numbers are."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from diversion.core.among import among
from diversion.core.database import db, tuples
from diversion.core.tracks import Track
from diversion.staff.models import Staff
from diversion.staff.permissions import Role


def names_of(numbers: Collection[int]) -> dict[int, str]:
    """Return the names of members of staff; a number without a row has none."""
    if not numbers:
        return {}
    return {row[0]: row[1] for row in tuples(_NAMES, {"ids": list(numbers)})}


_NAMES = select(Staff.id, Staff.name).where(among(Staff.id))


def deputies() -> dict[str, Staff]:
    """Return the deputies who can sign in, by handle, in the order of their names."""
    return {each.handle: each for each in _by_name() if Role.DEPUTY_DA in each.roles}


def of_side(track: Track) -> dict[str, Staff]:
    """Return who can sign in and may reach people of one side, by handle, in order of names."""
    return {each.handle: each for each in _by_name() if track in each.sides()}


def _by_name() -> Iterable[Staff]:
    return db.session.scalars(
        select(Staff).options(selectinload(Staff.grants)).order_by(Staff.name, Staff.id)
    )
