"""Make organizations, mentors and places."""

from datetime import date
from itertools import count

from diversion.partners.agencies import services as agencies
from diversion.partners.agencies.models import Member, MemberKind, Organization, OrganizationKind
from diversion.partners.agencies.services import Listing
from diversion.partners.venues import services as venues
from diversion.partners.venues.models import Place
from diversion.staff.models import Staff

_numbers = count(1)


def make_organization(
    by: Staff,
    name: str = "",
    kind: OrganizationKind = OrganizationKind.COUNSELING,
    **facts: object,
) -> Organization:
    listing = Listing(name=name or f"Lantern {next(_numbers)}", kind=kind, **facts)  # type: ignore[arg-type]
    return agencies.add_organization(listing, by=by)


def make_mentor(by: Staff, name: str = "Carla Voss", staff: Staff | None = None) -> Member:
    return agencies.add_member(MemberKind.MENTOR, name, staff=staff, by=by, on=date(2026, 1, 5))


def make_place(by: Staff, name: str = "", building: str = "Courthouse") -> Place:
    return venues.add_place(name or f"Room {next(_numbers)}", building, by=by)
