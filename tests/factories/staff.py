"""Make people who sign in, and sign them in."""

from itertools import count

from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.staff import sessions
from diversion.staff.models import RoleGrant, Staff
from diversion.staff.permissions import Role, side_of
from diversion.staff.sessions import SignInSession, Stage

_numbers = count(1)


def make_staff(
    *roles: Role, name: str = "Rosa Delgado", track: Track | None = None, email: str = ""
) -> Staff:
    """Add a person with `roles`, inside an open transaction.

    `track` is the side on which a deputy works.
    """
    now = clock.now()
    email = email or f"{name.split()[0].lower()}.{next(_numbers)}@county.example"
    staff = Staff(email=email, name=name, created_at=now)
    db.session.add(staff)
    db.session.flush()
    sides = [side for side in map(side_of, roles) if side]
    staff.side = sides[0] if sides else None
    db.session.flush()
    for role in roles:
        staff.grants.append(RoleGrant(role=role, side=side_of(role), asked_at=now, in_force_at=now))
    db.session.flush()
    staff.active_track = track
    return staff


def sign_in(client: FlaskClient, staff: Staff, *, track: Track | None = None) -> str:
    """Let `client` carry a session row of `staff` with a fresh second factor.

    Returns the row's handle. Opens an application context of its own.
    """
    with client.application.app_context(), transaction():
        token = sessions.open_session(staff, stage=Stage.FULL, now=clock.now())
        row = db.session.scalars(
            select(SignInSession).where(SignInSession.token_hash == sessions.hashed(token))
        ).one()
        row.active_track = track or staff.active_track
        handle = row.handle
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return handle
