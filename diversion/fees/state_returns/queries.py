"""Find returned payments of the state's fee."""

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.fees.state_models import StateReturn


def paper(handle: str) -> StateReturn:
    """Return what was said about a receipt, by its handle. Raises NotYours."""
    found = db.session.scalars(
        select(StateReturn).where(StateReturn.handle == handle)
    ).one_or_none()
    if found is None:
        raise NotYours
    return found
