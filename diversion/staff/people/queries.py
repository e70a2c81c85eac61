"""Answer who works here, with which roles, and what waits for a second person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import null, select
from sqlalchemy.orm import aliased, joinedload

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.finding import the_one
from diversion.staff.models import RoleGrant, Staff, StaffStatus
from diversion.staff.people.models import FactorReset
from diversion.staff.permissions import Role


@dataclass(frozen=True)
class Line:
    """One person of the list."""

    handle: str
    name: str
    email: str
    status: StaffStatus
    roles: tuple[Role, ...]
    has_factor: bool
    is_locked: bool
    signed_in_at: datetime | None


@dataclass(frozen=True)
class Waiting:
    """A role or a new second factor that waits for another administrator."""

    handle: str
    name: str
    asked_by: str
    role: Role | None
    asked_at: datetime
    asker_id: int
    subject_id: int

    def is_for(self, administrator: Staff) -> bool:
        """Say whether this administrator may confirm: neither the asker nor the person."""
        return administrator.id not in {self.asker_id, self.subject_id}


def everyone() -> list[Line]:
    """Return all accounts by name, the disabled ones last."""
    people = db.session.scalars(
        select(Staff)
        .options(joinedload(Staff.grants))
        .order_by(Staff.status == StaffStatus.DISABLED, Staff.name, Staff.id)
    ).unique()
    return [
        Line(
            p.handle, p.name, p.email, p.status,
            tuple(sorted(g.role for g in p.grants if g.is_in_force)),
            p.totp_seed is not None, p.locked_at is not None, p.signed_in_at,
        )
        for p in people
    ]  # fmt: skip


def waiting() -> list[Waiting]:
    """Return what one administrator asked for and another has not yet confirmed."""
    asker, subject = aliased(Staff), aliased(Staff)
    roles = db.session.execute(
        select(
            subject.handle,
            subject.name,
            asker.name,
            RoleGrant.role,
            RoleGrant.asked_at,
            asker.id,
            subject.id,
        )
        .join(subject, subject.id == RoleGrant.staff_id)
        .join(asker, asker.id == RoleGrant.asked_by_id)
        .where(RoleGrant.in_force_at.is_(None), RoleGrant.ended_at.is_(None))
        .order_by(RoleGrant.asked_at, RoleGrant.id)
    )
    factors = db.session.execute(
        select(
            subject.handle,
            subject.name,
            asker.name,
            null(),
            FactorReset.asked_at,
            asker.id,
            subject.id,
        )
        .join(subject, subject.id == FactorReset.staff_id)
        .join(asker, asker.id == FactorReset.asked_by_id)
        .where(FactorReset.ended_at.is_(None))
        .order_by(FactorReset.asked_at, FactorReset.id)
    )
    return [Waiting(*row) for row in (*roles, *factors)]


def locked() -> list[Line]:
    """Return the accounts that wait to be released, by name."""
    return [line for line in everyone() if line.is_locked]


def person(handle: str) -> Staff:
    """Return the account of `handle`. Raises NotYours."""
    return the_one(select(Staff).where(Staff.handle == handle))


def grant_of(staff: Staff, handle: str) -> RoleGrant:
    """Return a living grant of this person. Raises NotYours."""
    for grant in staff.grants:
        if grant.handle == handle and grant.ended_at is None:
            return grant
    raise NotYours
