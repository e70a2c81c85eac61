"""Gather the staff of the fictional county; none of them exists."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from diversion.staff.models import Staff, StaffStatus
from diversion.staff.people import services as people
from diversion.staff.permissions import Role
from diversion.staff.sign_in import passwords, practice, totp
from diversion.staff.sign_in.passwords import Method

PASSWORD = "seven lanterns on the quay"  # noqa: S105 (shown on the sign-in page of a fictional county)


@dataclass(frozen=True)
class Part:
    """Somebody to sign in as, and what they do here."""

    name: str
    about: str
    roles: tuple[Role, ...]

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@county.example"


PARTS = {
    "court": Part("Rosa Delgado", "Runs the Community Court dockets", (Role.COURT_COORDINATOR,)),
    "classes": Part("Samuel Okafor", "Runs the class program", (Role.SBAD_COORDINATOR,)),
    "instructor": Part("Imogen Marlow", "Teaches today's class", (Role.INSTRUCTOR,)),
    "second": Part("Theo Lindqvist", "Teaches other classes", (Role.INSTRUCTOR,)),
    "clerk": Part("Helen Park", "Takes fees at the counter", (Role.FINANCE_CLERK,)),
    "approver": Part("Bruno Castell", "Deposits, voids, approves", (Role.FINANCE_APPROVER,)),
    "accountant": Part("Mina Sorby", "Keeps the books, pays bills", (Role.FINANCE_APPROVER,)),
    "mentor": Part("Carla Voss", "Mentor in Community Court", (Role.MENTOR,)),
    "deputy": Part("Dana Whitfield", "Deputy district attorney", (Role.DEPUTY_DA,)),
    "admin": Part("Ada Romero", "Administrator", (Role.ADMINISTRATOR,)),
    "other": Part("Leo Castile", "Second administrator", (Role.ADMINISTRATOR,)),
    "auditor": Part("Noor Haddad", "Auditor", (Role.AUDITOR,)),
    "privacy": Part("Pat Quinn", "Privacy officer", (Role.PRIVACY_OFFICER,)),
}


def gather(now: datetime) -> dict[str, Staff]:
    """Make the accounts; the sign-in page shows how to use them, in this county alone."""
    return {key: _account(part, now) for key, part in PARTS.items()}


def _account(part: Part, now: datetime) -> Staff:
    staff = people.add(part.email, part.name, by=None, now=now)
    staff.status = StaffStatus.ACTIVE
    for role in part.roles:
        people.give_at_once(staff, role, now=now)
    practice.introduce(
        staff, password=PASSWORD, password_hash=_hashed(), seed=totp.new_seed(), about=part.about
    )
    return staff


def _hashed() -> str:
    return passwords.hashed(PASSWORD, Method.of(current_app.config))
