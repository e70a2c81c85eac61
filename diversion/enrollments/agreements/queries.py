"""Ask what a person signed."""

from datetime import date

from sqlalchemy import bindparam, select

from diversion.core.database import db, tuples
from diversion.core.tracks import Track
from diversion.enrollments.agreements.models import Agreement


def standing(enrollment_id: int) -> Agreement | None:
    """Return the agreement that holds: the latest one."""
    return db.session.scalars(_STANDING, {"enrollment_id": enrollment_id}).one_or_none()


_STANDING = (
    select(Agreement)
    .where(Agreement.enrollment_id == bindparam("enrollment_id"))
    .order_by(Agreement.id.desc())
    .limit(1)
)


def signed_on(enrollment_id: int) -> date | None:
    """Return when the agreement that holds was signed."""
    found = tuples(_SIGNED_ON, {"enrollment_id": enrollment_id})
    return found[0][0] if found else None


_SIGNED_ON = _STANDING.with_only_columns(Agreement.signed_on)


def usual_waiver_text(track: Track) -> str:
    """Return the version of the waiver text that was signed last in a program, or nothing."""
    return db.session.scalars(_USUAL, {"track": track}).first() or ""


_USUAL = (
    select(Agreement.waiver_text)
    .where(Agreement.track == bindparam("track"), Agreement.waiver_text != "")
    .order_by(Agreement.id.desc())
    .limit(1)
)
