"""Fill the directory of services with what public pages name, once."""

import csv

from diversion.core.paths import PACKAGE
from diversion.partners.agencies import queries, services
from diversion.partners.agencies.models import Organization, OrganizationKind
from diversion.partners.agencies.services import Listing
from diversion.staff.models import Staff

SHIPPED = PACKAGE / "community_court" / "resources" / "directory.csv"
ROUND_THE_CLOCK = "24/7"


def seed(*, by: Staff) -> list[Organization]:
    """Put the shipped organizations in the directory; those there already stay as they are.

    Nobody has called them yet, so they are shown as not verified. Each row names the
    public page that its facts are from.
    """
    return [_put(listing, by=by) for listing in shipped()]


def shipped() -> list[Listing]:
    """Return the organizations that come with the program."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return [
            Listing(
                name=row["name"],
                kind=OrganizationKind(row["kind"].replace(" ", "_")),
                around_the_clock=row["hours"] == ROUND_THE_CLOCK,
                serves=row["serves"],
                languages=row["languages"],
                phone=row["phone"],
                text_line=row["text_line"],
                hours=row["hours"],
                address=row["address"],
                what_they_do=row["what_they_do"],
                source=row["source"],
            )
            for row in csv.DictReader(file)
        ]


def _put(listing: Listing, *, by: Staff) -> Organization:
    there = queries.organization_named(listing.name)
    if there is None:
        return services.add_organization(listing, by=by)
    if not there.listed:
        services.amend(there, listing, version=there.version, by=by)
    return there
