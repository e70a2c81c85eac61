"""List the sign-in sessions of a person, and clear those that ended long ago."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select

from diversion.core.database import db
from diversion.staff.sessions import Limits, SignInSession

KEPT = timedelta(days=30)


def of_staff(staff_id: int, *, limits: Limits, now: datetime) -> list[SignInSession]:
    """Return the sessions of a person that are in use, latest first."""
    found = db.session.scalars(
        select(SignInSession)
        .where(SignInSession.staff_id == staff_id, SignInSession.revoked_at.is_(None))
        .where(SignInSession.active_at > now - limits.idle)
        .where(SignInSession.started_at > now - limits.absolute)
        .order_by(SignInSession.active_at.desc())
    )
    return list(found)


def clear_old(*, limits: Limits, now: datetime) -> int:
    """Delete what ended, or can no longer be used, long ago; return how many rows."""
    statement = delete(SignInSession).where(SignInSession.active_at < now - limits.absolute - KEPT)
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount
