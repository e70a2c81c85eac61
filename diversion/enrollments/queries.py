"""Ask for enrollments; who may see them is decided by the caller's scope."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, bindparam, select

from diversion.core.among import among
from diversion.core.database import db, tuples
from diversion.enrollments.models import Enrollment

Scope = Select[int]


def of_participant(participant_id: int) -> Sequence[Enrollment]:
    """Return a person's enrollments, the latest first."""
    return db.session.scalars(_OF_PERSON, {"participant_id": participant_id}).all()


_OF_PERSON = (
    select(Enrollment)
    .where(Enrollment.participant_id == bindparam("participant_id"))
    .order_by(Enrollment.entered_on.desc(), Enrollment.id.desc())
)


def latest_of(participant_id: int) -> Enrollment | None:
    return next(iter(of_participant(participant_id)), None)


def open_of(participant_id: int) -> Enrollment | None:
    """Return the enrollment of a person that is not over."""
    return next((each for each in of_participant(participant_id) if each.is_open), None)


def latest_among(participant_ids: Iterable[int]) -> dict[int, int]:
    """Return the id of the latest enrollment of each of these people, open or over."""
    found = tuples(_AMONG, {"ids": list(participant_ids)})
    return {row[0]: row[1] for row in found}


_AMONG = (
    select(Enrollment.participant_id, Enrollment.id)
    .where(among(Enrollment.participant_id))
    .order_by(Enrollment.entered_on, Enrollment.id)
)
