"""Put in force what a new county needs before its first day: terms, fee, directory."""

from datetime import date

from sqlalchemy import select

from diversion.community_court.resources.services import seed
from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.terms.services import set_up
from diversion.fees.schedules.services import Part, put_in_force
from diversion.staff.models import Staff


def open_programs(fee: Money, *, on: date) -> None:
    """Set the first terms of both programs and the fee of the class, and fill the directory.

    The only account there is, the first administrator's, stands for who did it.
    """
    by = db.session.scalars(select(Staff)).one()
    set_up(sbad_fee=fee, in_force_on=on, by=by)
    if fee:
        put_in_force(Track.SBAD, [Part("Program fee", fee)], by=by, on=on)
    seed(by=by)
