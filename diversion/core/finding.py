"""Find the one row that a page or an act is about."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import Select

from diversion.core.database import db
from diversion.core.errors import NotYours

Row = TypeVar("Row")


def the_one(query: Select[Row], values: Mapping[str, object] | None = None) -> Row:
    """Return the only row of a query.

    Raises NotYours, which is the same for a row that is not there and one out of reach.
    """
    found = db.session.scalars(query, values).unique().one_or_none()
    if found is None:
        raise NotYours
    return found
