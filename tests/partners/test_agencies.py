"""Organizations are added once, amended knowingly, and verified by a person."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from diversion.partners.agencies import queries, services
from diversion.partners.agencies.models import MemberKind, OrganizationKind
from diversion.partners.agencies.services import ChangedMeanwhile, Listing, NameTaken
from diversion.staff.permissions import Role
from tests.factories.partners import make_mentor, make_organization
from tests.factories.staff import make_staff

TODAY = date(2026, 11, 20)


def test_two_organizations_do_not_share_a_name(session: Session) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    make_organization(by, "Lantern Counseling")
    with pytest.raises(NameTaken):
        make_organization(by, "lantern counseling ")


def test_an_older_version_does_not_overwrite_a_newer_one_le_04(session: Session) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    there = make_organization(by, "Lantern")
    changed = Listing(name="Lantern", kind=OrganizationKind.COUNSELING, phone="503-555-0111")
    services.amend(there, changed, version=1, by=by)
    with pytest.raises(ChangedMeanwhile):
        services.amend(there, changed, version=1, by=by)
    assert (there.phone, there.version) == ("503-555-0111", 2)


def test_the_directory_shows_lines_open_day_and_night_first(session: Session) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    make_organization(by, "Zebra Line", OrganizationKind.HOTLINE, around_the_clock=True)
    make_organization(by, "Aspen Legal", OrganizationKind.LEGAL)
    retired = make_organization(by, "Birch Food", OrganizationKind.FOOD)
    make_organization(by, "County Police", OrganizationKind.POLICE, listed=False)
    services.retire(retired, by=by, on=TODAY)
    assert [each.name for each in queries.listed(TODAY)] == ["Zebra Line", "Aspen Legal"]


def test_a_mentor_who_left_is_not_offered_any_more(session: Session) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    mentor = make_mentor(by)
    services.end_member(mentor, by=by, on=TODAY)
    assert queries.members(MemberKind.MENTOR, TODAY) == [mentor]
    assert queries.members(MemberKind.MENTOR, date(2026, 11, 21)) == []
