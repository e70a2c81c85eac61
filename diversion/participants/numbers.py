"""Give the next public number, whoever else asks for one at the same moment."""

from sqlalchemy.dialects import postgresql, sqlite

from diversion.core.database import db
from diversion.core.tracks import public_number
from diversion.participants.models import NumberSeries


def next_number(year: int) -> str:
    """Return a number such as `26-0417-3`, from one sequence a year for both tracks.

    The row of the year stays locked until this transaction ends, so no number is
    given twice and none is skipped.
    """
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(NumberSeries)
        .values(year=year, last=1)
        .on_conflict_do_update(
            index_elements=[NumberSeries.year], set_={"last": NumberSeries.last + 1}
        )
        .returning(NumberSeries.last)
    )
    return public_number(year, db.session.execute(statement).scalar_one())
