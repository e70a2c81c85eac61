"""Ask which terms are in force and on which days the court is closed."""

from collections.abc import Sequence
from datetime import date

import holidays
from sqlalchemy import or_, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.terms.models import ClosedDay, Code, ProgramVersion

STATE = "OR"


def version_in_force(track: Track, on: date) -> ProgramVersion | None:
    """Return the latest version that began on or before a day."""
    return db.session.scalars(
        select(ProgramVersion)
        .where(ProgramVersion.track == track, ProgramVersion.in_force_on <= on)
        .order_by(ProgramVersion.in_force_on.desc())
        .limit(1)
    ).one_or_none()


def earliest_version(track: Track) -> ProgramVersion | None:
    return db.session.scalars(
        select(ProgramVersion)
        .where(ProgramVersion.track == track)
        .order_by(ProgramVersion.in_force_on)
        .limit(1)
    ).one_or_none()


def closed_days(first: date, last: date) -> dict[date, str]:
    """Return the court's holidays from `first` to `last`: the state's, as the county amends them.

    Source: the `holidays` library, country US, subdivision OR; then the county's own rows.
    """
    years = range(first.year, last.year + 1)
    official = holidays.country_holidays("US", subdiv=STATE, years=years)
    found = {day: str(name) for day, name in official.items() if first <= day <= last}
    own = select(ClosedDay).where(ClosedDay.closed_on.between(first, last))
    for row in db.session.scalars(own):
        if row.open_after_all:
            found.pop(row.closed_on, None)
        else:
            found[row.closed_on] = row.name
    return dict(sorted(found.items()))


def codes(list_name: str, track: Track) -> Sequence[Code]:
    """Return the county's words of a list, also those out of use, the first ones first."""
    return db.session.scalars(
        select(Code)
        .where(Code.list_name == list_name, or_(Code.track == track, Code.track.is_(None)))
        .order_by(Code.from_on, Code.id)
    ).all()
