"""Read anew, under lock, who has a seat and who may have one."""

from collections.abc import Sequence

from sqlalchemy import Select

from diversion.core.database import db
from diversion.enrollments.models import Enrollment
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import queries, rules
from diversion.sbad.rosters.models import Registration


def latest(registration: Registration) -> ClassSession:
    """Take the lock of a seat's class and read the seat as it is now; return the class.

    Raises ClassIsOver, NoSeatHere if somebody was faster and the seat is gone.
    """
    session = classes.locked(registration.class_session_id)
    session.check_not_over()
    db.session.refresh(registration)
    if not rules.keeps_place(registration.state, waiting=True):
        raise rules.NoSeatHere
    return session


def check_free(enrollments: Sequence[Enrollment], *, waiting: bool) -> None:
    """Raises NotEnrolled, SeatElsewhere (who only waits may have a seat elsewhere)."""
    ids = {each.id for each in enrollments}
    if ids - _among(ids, queries.class_before_them()):
        raise rules.NotEnrolled
    if not waiting and ids - _among(ids, queries.without_class()):
        raise rules.SeatElsewhere


def _among(ids: set[int], query: Select[int]) -> set[int]:
    return set(db.session.scalars(query.where(Enrollment.id.in_(ids))))
