"""Invite people, give and take roles, end sessions.

What gives power needs two people: one asks, another confirms. What takes power
away needs one and counts on the next request.
"""

from datetime import datetime

from sqlalchemy import func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import NotYours, Refused
from diversion.core.words import _
from diversion.staff import sessions
from diversion.staff.models import RoleGrant, Staff, StaffStatus
from diversion.staff.people import rules
from diversion.staff.people.models import FactorReset
from diversion.staff.permissions import Role, side_of
from diversion.staff.sessions import Ended, SignInSession


class EmailTaken(Refused):
    """One account per address."""

    sentence = _("There is an account with this email already.")
    field = "email"


class RoleHeld(Refused):
    """A person holds a role once."""

    sentence = _("This person has this role already, or it waits to be confirmed.")
    field = "role"


class SamePerson(Refused):
    """Who asks for power does not confirm it, and nobody confirms their own."""

    sentence = _("Somebody else must confirm this: not whoever asked, and not whoever gets it.")


class LastAdministrator(Refused):
    """Somebody must be left who can give roles."""

    sentence = _("This is the last administrator. Give the role to somebody else first.")


def add(email: str, name: str, *, by: Staff | None, now: datetime) -> Staff:
    """Add an account that waits for its first password. Raises EmailTaken."""
    email = email.strip().lower()
    if db.session.scalar(select(Staff.id).where(Staff.email == email)) is not None:
        raise EmailTaken
    staff = Staff(email=email, name=name.strip(), status=StaffStatus.INVITED, created_at=now)
    db.session.add(staff)
    db.session.flush()
    record(Act.STAFF_INVITED, f"staff:{staff.handle}", by=by)
    return staff


def give_at_once(staff: Staff, role: Role, *, now: datetime) -> RoleGrant:
    """Give a role from the command line, where no second administrator can be yet."""
    grant = _new_grant(staff, role, asked_by=None, now=now)
    grant.in_force_at = now
    db.session.flush()
    record(Act.ROLE_GRANTED, f"staff:{staff.handle}", by=None, role=role)
    return grant


def ask_role(staff: Staff, role: Role, *, by: Staff, now: datetime) -> RoleGrant:
    """Ask that a person be given a role; it counts once another administrator confirms it."""
    grant = _new_grant(staff, role, asked_by=by, now=now)
    record(Act.ROLE_ASKED, f"staff:{staff.handle}", by=by, role=role)
    return grant


def confirm_role(grant: RoleGrant, staff: Staff, *, by: Staff, now: datetime) -> None:
    """Let a role count from now on. Raises SamePerson, NotYours."""
    if not grant.is_waiting:
        raise NotYours
    if by.id in {grant.asked_by_id, staff.id}:
        raise SamePerson
    grant.confirmed_by_id, grant.in_force_at = by.id, now
    db.session.flush()
    sessions.end_all(staff.id, Ended.ACCOUNT_CHANGED, now=now)
    record(Act.ROLE_GRANTED, f"staff:{staff.handle}", by=by, role=grant.role)


def remove_role(grant: RoleGrant, staff: Staff, *, by: Staff | None, now: datetime) -> None:
    """Take a role away at once and end the person's sessions; or decline one that waits."""
    if grant.ended_at is not None:
        raise NotYours
    was_waiting = grant.is_waiting
    if not was_waiting and grant.role is Role.ADMINISTRATOR:
        _check_not_last(staff)
    grant.ended_by_id, grant.ended_at, grant.side = (by.id if by else None), now, None
    db.session.flush()
    if not any(other.side for other in staff.grants):
        staff.side = None
        db.session.flush()
    if not was_waiting:
        sessions.end_all(staff.id, Ended.ACCOUNT_CHANGED, now=now)
    act = Act.ROLE_DECLINED if was_waiting else Act.ROLE_REMOVED
    record(act, f"staff:{staff.handle}", by=by, role=grant.role)


def disable(staff: Staff, *, by: Staff | None, now: datetime) -> None:
    """Close an account at once: a leaver's sessions end with it. Raises LastAdministrator."""
    if Role.ADMINISTRATOR in staff.roles:
        _check_not_last(staff)
    staff.status = StaffStatus.DISABLED
    db.session.flush()
    sessions.end_all(staff.id, Ended.ACCOUNT_CHANGED, now=now)
    record(Act.ACCOUNT_DISABLED, f"staff:{staff.handle}", by=by)


def end_session(row: SignInSession, staff: Staff, *, by: Staff, now: datetime) -> None:
    """End one session of a person, whoever's it is."""
    why = Ended.SIGNED_OUT if by.id == staff.id else Ended.BY_ADMINISTRATOR
    if sessions.end(row, why, now=now):
        record(Act.SESSION_ENDED, f"staff:{staff.handle}", f"session:{row.handle}", by=by)


def forget_device(row: SignInSession, staff: Staff, *, by: Staff, now: datetime) -> None:
    """End a session and have its browser forget what it keeps of a roll, sent or not."""
    if sessions.end(row, Ended.FORGOTTEN, now=now):
        record(Act.DEVICE_FORGOTTEN, f"staff:{staff.handle}", f"session:{row.handle}", by=by)


def ask_factor_reset(staff: Staff, *, by: Staff, now: datetime) -> None:
    """Ask that a person may set up a new second factor; another administrator confirms."""
    if waiting_reset(staff) is None:
        db.session.add(FactorReset(staff_id=staff.id, asked_by_id=by.id, asked_at=now))
        db.session.flush()
        record(Act.FACTOR_RESET_ASKED, f"staff:{staff.handle}", by=by)


def confirm_factor_reset(staff: Staff, *, by: Staff, now: datetime) -> None:
    """Forget the second factor; the next sign-in sets up a new one. Raises SamePerson, NotYours."""
    reset = waiting_reset(staff)
    if reset is None:
        raise NotYours
    if by.id in {reset.asked_by_id, staff.id}:
        raise SamePerson
    reset.confirmed_by_id, reset.ended_at = by.id, now
    staff.totp_seed = None
    db.session.flush()
    sessions.end_all(staff.id, Ended.ACCOUNT_CHANGED, now=now)
    record(Act.FACTOR_RESET, f"staff:{staff.handle}", by=by)


def waiting_reset(staff: Staff) -> FactorReset | None:
    return db.session.scalars(
        select(FactorReset).where(FactorReset.staff_id == staff.id, FactorReset.ended_at.is_(None))
    ).one_or_none()


def _new_grant(staff: Staff, role: Role, *, asked_by: Staff | None, now: datetime) -> RoleGrant:
    held = {grant.role for grant in staff.grants if grant.ended_at is None}
    if role in held:
        raise RoleHeld
    rules.check_wall(role, held)
    if (side := side_of(role)) is not None and staff.side is None:
        staff.side = side
        db.session.flush()
    grant = RoleGrant(role=role, side=side, asked_at=now)
    grant.asked_by_id = asked_by.id if asked_by else None
    staff.grants.append(grant)
    db.session.flush()
    return grant


def _check_not_last(staff: Staff) -> None:
    others = (
        select(func.count())
        .select_from(RoleGrant)
        .join(Staff, Staff.id == RoleGrant.staff_id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.in_force_at.is_not(None),
            RoleGrant.ended_at.is_(None), Staff.status == StaffStatus.ACTIVE, Staff.id != staff.id,
        )
    )  # fmt: skip
    if not db.session.scalar(others):
        raise LastAdministrator
