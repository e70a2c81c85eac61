"""Find returned payments of the state's fee."""

from sqlalchemy import select

from diversion.core.finding import the_one
from diversion.fees.state_models import StateReturn


def paper(handle: str) -> StateReturn:
    """Return what was said about a receipt, by its handle. Raises NotYours."""
    return the_one(select(StateReturn).where(StateReturn.handle == handle))
