"""Add, amend, verify and retire organizations; let members come and go."""

from dataclasses import asdict, dataclass
from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.partners.agencies import queries
from diversion.partners.agencies.models import Member, MemberKind, Organization, OrganizationKind
from diversion.staff.models import Staff


class NameTaken(Refused):
    """Two organizations do not share a name."""

    sentence = _("An organization of this name is already there.")
    field = "name"


class ChangedMeanwhile(Refused):
    """What someone else saved first is not overwritten."""

    sentence = _("Someone else changed this entry. Compare both and save again.")


@dataclass(frozen=True)
class Listing:
    """What the directory says about an organization."""

    name: str
    kind: OrganizationKind
    listed: bool = True
    around_the_clock: bool = False
    serves: str = ""
    languages: str = ""
    phone: str = ""
    text_line: str = ""
    hours: str = ""
    address: str = ""
    what_they_do: str = ""
    source: str = ""


def add_organization(
    listing: Listing, *, verified_on: date | None = None, by: Staff
) -> Organization:
    _refuse_a_second(listing.name, None)
    made = Organization(**asdict(listing), verified_on=verified_on)
    db.session.add(made)
    db.session.flush()
    record(Act.ORGANIZATION_ADDED, f"organization:{made.handle}", by=by)
    return made


def amend(organization: Organization, listing: Listing, *, version: int, by: Staff) -> None:
    """Change an entry. Raises ChangedMeanwhile if it is no longer at `version`."""
    if organization.version != version:
        raise ChangedMeanwhile
    _refuse_a_second(listing.name, organization.id)
    for name, value in asdict(listing).items():
        setattr(organization, name, value)
    organization.version += 1
    record(Act.ORGANIZATION_AMENDED, f"organization:{organization.handle}", by=by)


def verify(organization: Organization, *, by: Staff, on: date) -> None:
    """Say that someone has called and that the entry is right."""
    organization.verified_on = on
    record(Act.ORGANIZATION_VERIFIED, f"organization:{organization.handle}", by=by)


def retire(organization: Organization, *, by: Staff, on: date) -> None:
    """Take an organization out of use; what named it keeps its name."""
    organization.retired_on = on
    record(Act.ORGANIZATION_RETIRED, f"organization:{organization.handle}", by=by)


def add_member(
    kind: MemberKind,
    name: str,
    *,
    organization: Organization | None = None,
    staff: Staff | None = None,
    phone: str = "",
    email: str = "",
    languages: str = "",
    places: int = 8,
    by: Staff,
    on: date,
) -> Member:
    """Add a mentor, counselor, presenter or attorney; one who signs in names the staff row."""
    made = Member(
        kind=kind, name=name, phone=phone, email=email, languages=languages, places=places,
        organization_id=organization.id if organization else None,
        staff_id=staff.id if staff else None, started_on=on,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.MEMBER_ADDED, f"member:{made.handle}", by=by)
    return made


def end_member(member: Member, *, by: Staff, on: date) -> None:
    member.ended_on = on
    record(Act.MEMBER_ENDED, f"member:{member.handle}", by=by)


def _refuse_a_second(name: str, own_id: int | None) -> None:
    there = queries.organization_named(name)
    if there is not None and there.id != own_id:
        raise NameTaken
