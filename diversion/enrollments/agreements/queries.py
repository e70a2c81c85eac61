"""Ask what a person signed."""

from sqlalchemy import select

from diversion.core.database import db
from diversion.enrollments.agreements.models import Agreement


def standing(enrollment_id: int) -> Agreement | None:
    """Return the agreement that holds: the latest one."""
    return db.session.scalars(
        select(Agreement)
        .where(Agreement.enrollment_id == enrollment_id)
        .order_by(Agreement.id.desc())
        .limit(1)
    ).one_or_none()
