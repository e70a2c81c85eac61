"""Ask for enrollments; who may see them is decided by the caller's scope."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.enrollments.models import Enrollment

Scope = Select[int]


def of_participant(participant_id: int) -> Sequence[Enrollment]:
    """Return a person's enrollments, the latest first."""
    return db.session.scalars(
        select(Enrollment)
        .where(Enrollment.participant_id == participant_id)
        .order_by(Enrollment.entered_on.desc(), Enrollment.id.desc())
    ).all()


def latest_of(participant_id: int) -> Enrollment | None:
    return next(iter(of_participant(participant_id)), None)


def open_of(participant_id: int) -> Enrollment | None:
    """Return the enrollment of a person that is not over."""
    return next((each for each in of_participant(participant_id) if each.is_open), None)


def latest_among(participant_ids: Iterable[int]) -> dict[int, Enrollment]:
    """Return the latest enrollment of each of these people, open or over."""
    rows = db.session.scalars(
        select(Enrollment)
        .where(Enrollment.participant_id.in_(list(participant_ids)))
        .order_by(Enrollment.entered_on, Enrollment.id)
    )
    return {row.participant_id: row for row in rows}
