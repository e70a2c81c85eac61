"""Name the purposes that money is bound to; 0 is general and always there."""

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.ledger.models import Earmark


class EarmarkTaken(Refused):
    """Two earmarks do not share a name."""

    sentence = _("An earmark of this name is already there.")
    field = "name"


def earmarks() -> dict[int, str]:
    """Return the name of each earmark by its number."""
    query = select(Earmark.number, Earmark.name).order_by(Earmark.number)
    return {row.number: row.name for row in db.session.execute(query)}


def add(name: str) -> int:
    """Make an earmark and return its number; it is never changed. Raises EarmarkTaken."""
    taken = select(Earmark.number).where(func.lower(Earmark.name) == name.lower())
    if db.session.scalar(taken) is not None:
        raise EarmarkTaken
    number = int(db.session.scalar(select(func.coalesce(func.max(Earmark.number), 0))) or 0) + 1
    db.session.add(Earmark(number=number, name=name))
    db.session.flush()
    return number
