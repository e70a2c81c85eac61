"""What a role may not see is in no page that it can reach: not in text, title or hidden field."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from diversion.app import create_app
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.participants import queries
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests import counties
from tests.canaries import Canaries
from tests.house import walks
from tests.house.reach import bodies

Secret = Callable[[Identity], set[str]]


def _surname(person: Identity) -> set[str]:
    return {person.last}


def _phone(person: Identity) -> set[str]:
    return {p.e164 for p in person.phones}


def _case(person: Identity) -> set[str]:
    return set(person.case_numbers)


# Source: security.md 5, rows S1, S2, B1; `m` there is the short name.
FORBIDDEN: dict[Role, tuple[Secret, ...]] = {
    Role.ADMINISTRATOR: (_surname, _phone, _case),
    Role.AUDITOR: (_surname, _phone, _case),
    Role.PRIVACY_OFFICER: (_surname, _phone, _case),
    Role.INSTRUCTOR: (_surname, _phone, _case),
    Role.MENTOR: (_surname, _case),
    Role.FINANCE_CLERK: (_phone,),
    Role.FINANCE_APPROVER: (_phone,),
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    county = counties.fictional(tmp_path_factory)
    return create_app(counties.settings(county))


@pytest.fixture(scope="module")
def people(program: Flask) -> list[Identity]:
    with program.app_context():
        return [
            person.identity
            for track in Track
            for person in queries.opened(track, select(Participant.id).filter_by(track=track))
        ]


@pytest.fixture(scope="module")
def seen_by(program: Flask, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Role], bytes]:
    """Every page that the first who has a role reaches, one after the other."""
    found = walks.by_everybody(tmp_path_factory).pages

    def seen(role: Role) -> bytes:
        with program.app_context():
            staff = next(each for each in db.session.scalars(select(Staff)) if role in each.roles)
        return b"\n".join(bodies(found[staff.email]))

    return seen


@pytest.mark.parametrize("role", FORBIDDEN)
def test_a_field_that_a_role_may_not_see_is_in_none_of_its_pages_az_03(
    role: Role, people: list[Identity], seen_by: Callable[[Role], bytes]
) -> None:
    secrets = {value for each in people for secret in FORBIDDEN[role] for value in secret(each)}
    assert Canaries.of(secrets).in_bytes(seen_by(role)) == set()


def test_the_search_would_find_a_name_that_is_there(
    people: list[Identity], seen_by: Callable[[Role], bytes]
) -> None:
    surnames = Canaries.of({each.last for each in people})
    assert surnames.in_bytes(seen_by(Role.FINANCE_CLERK))
