"""Run what is due for fees; each job may run twice without harm."""

from diversion.core import clock
from diversion.core.database import transaction
from diversion.fees.assessments.services import note_overdue
from diversion.web.calendar import court_today


def fees_overdue() -> int:
    """Note the obligations that passed their due date; return how many are new."""
    with transaction():
        return note_overdue(on=court_today(), now=clock.now())
