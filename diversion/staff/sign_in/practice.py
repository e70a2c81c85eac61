"""Let a newcomer sign in to a fictional county.

What marks a database as fictional is a row in it that only the rehearsal writes;
no setting does it, so no real county can show its passwords by mistake.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.staff.models import Staff
from diversion.staff.sign_in import totp
from diversion.staff.sign_in.models import PracticePerson


class RealPeopleHere(Refused):
    """A database in which real people sign in never becomes a fictional one."""

    sentence = _("This database holds real accounts. It can't become a practice county.")


@dataclass(frozen=True)
class Card:
    """What the sign-in page shows of a person who does not exist."""

    name: str
    about: str
    email: str
    password: str
    code: str


def introduce(
    staff: Staff, *, password: str, password_hash: str, seed: str, about: str
) -> PracticePerson:
    """Make `staff` a fictional person. Raises RealPeopleHere if anybody else is real.

    `about` says in a few words what the person does here.
    """
    real = select(func.count()).select_from(Staff).where(
        Staff.password_hash.is_not(None), Staff.id.not_in(select(PracticePerson.staff_id))
    )  # fmt: skip
    if db.session.scalar(real):
        raise RealPeopleHere
    staff.password_hash = password_hash
    staff.totp_seed = totp.sealed(seed, table="staff", row=staff.id)
    person = PracticePerson(staff_id=staff.id, password=password, about=about)
    db.session.add(person)
    db.session.flush()
    return person


def is_fictional() -> bool:
    """Say whether this database was made by the rehearsal."""
    return db.session.scalar(select(PracticePerson.staff_id).limit(1)) is not None


def cards(*, now: datetime) -> list[Card]:
    """Return how to sign in as each fictional person; nothing in a real county."""
    people = db.session.scalars(
        select(PracticePerson).options(joinedload(PracticePerson.staff)).order_by("staff_id")
    )
    return [
        Card(p.staff.name, p.about, p.staff.email, p.password, totp.unused_code(p.staff, now=now))
        for p in people
    ]


def code_of(staff: Staff, *, now: datetime) -> str:
    """Return the present code of a fictional person; nothing for a real one."""
    person = db.session.get(PracticePerson, staff.id)
    return totp.unused_code(staff, now=now) if person else ""
