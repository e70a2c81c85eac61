"""Find to whom the state's fee is owed, and which split counts on a day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fees.remittees.models import Remittee, StateSplit, StateSplitPart


def listed() -> Sequence[StateSplit]:
    """Return the splits with their parts, the latest first: three statements."""
    parts = selectinload(StateSplit.parts).selectinload(StateSplitPart.remittee)
    query = select(StateSplit).options(parts).order_by(StateSplit.in_force_on.desc())
    return db.session.scalars(query).all()


def in_force(on: date) -> StateSplit | None:
    """Return the split that counts on a day."""
    query = select(StateSplit).where(StateSplit.in_force_on <= on)
    return db.session.scalars(query.order_by(StateSplit.in_force_on.desc()).limit(1)).one_or_none()


def begins_on(on: date) -> bool:
    query = select(StateSplit.id).where(StateSplit.in_force_on == on)
    return db.session.scalar(query) is not None


def percents(on: date) -> dict[int, int]:
    """Return what of a hundred goes to whom on a day; empty where nobody has said."""
    found = in_force(on)
    return {part.remittee_id: part.percent for part in found.parts} if found else {}


def names() -> dict[int, str]:
    """Return all remittees by their keys."""
    rows = db.session.execute(select(Remittee.id, Remittee.name).order_by(Remittee.id))
    return {row.id: row.name for row in rows}


def remittee(handle: str) -> Remittee:
    """Return a remittee by its handle. Raises NotYours."""
    return the_one(select(Remittee).where(Remittee.handle == handle))


def all_of_them() -> Sequence[Remittee]:
    return db.session.scalars(select(Remittee).order_by(Remittee.id)).all()
