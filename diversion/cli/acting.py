"""Find in whose name a command acts."""

import click
from sqlalchemy import select

from diversion.core.database import db
from diversion.staff.models import Staff, StaffStatus
from diversion.staff.permissions import Role


def holders(role: Role) -> list[Staff]:
    """Return the accounts that were given a role, also those whose password is not set yet."""
    people = db.session.scalars(select(Staff).order_by(Staff.id)).all()
    return [each for each in people if _holds(each, role)]


def the_one(role: Role, email: str) -> Staff:
    """Return the holder of a role who is named, or the only one. Raises ClickException."""
    found = holders(role)
    if email:
        found = [each for each in found if each.email == email.strip().lower()]
    if len(found) != 1:
        raise click.ClickException(
            "Say with --as EMAIL in whose name; the account must have been given the role "
            f"{role.value}."
        )
    return found[0]


def _holds(staff: Staff, role: Role) -> bool:
    granted = any(grant.role is role and grant.is_in_force for grant in staff.grants)
    return granted and staff.status is not StaffStatus.DISABLED
