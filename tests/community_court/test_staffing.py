"""The team sees before court what is known of each person, and nothing that is not theirs."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.community_court.appearances import services
from diversion.community_court.appearances.models import Presence, Result
from diversion.community_court.appearances.rules import Said
from diversion.core.database import transaction
from diversion.core.tracks import Track
from diversion.staff.permissions import Role
from tests.factories.community_court import DAY, make_docket, make_people, make_setting
from tests.factories.staff import make_staff, sign_in
from tests.statements import counted

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
EARLIER = date(2026, 11, 17)


@pytest.mark.parametrize("number", [1, 12])
def test_the_sheet_shows_facts_of_everyone_in_a_fixed_number_of_statements(
    app: Flask, client: FlaskClient, number: int
) -> None:
    with app.app_context(), transaction():
        by = make_staff(Role.COURT_COORDINATOR)
        before, docket = make_docket(by, EARLIER), make_docket(by)
        people = make_people(by, number)
        for person in people:
            made = make_setting(by, before, person)
            said = Said(Result.NOT_HERE, Presence.ABSENT_EXCUSED)
            services.record(made, said, by=by, on=DAY, now=NOW)
        services.put_on(docket, [each.id for each in people], by=by, now=NOW)
        path, numbers = f"/court/dockets/{docket.handle}/staffing", [p.number for p in people]
    sign_in(client, by)
    client.get(path)
    with counted(app) as seen:
        page = client.get(path).text
    assert len(seen) <= 22
    assert all(each in page for each in numbers)
    assert page.count("Counseling, 0 of 8, due") == number
    assert page.count("Not here") == number


def test_a_deputy_sees_nobody_on_it_who_is_not_theirs(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        by = make_staff(Role.COURT_COORDINATOR)
        docket = make_docket(by)
        (person,) = make_people(by, 1)
        make_setting(by, docket, person)
        deputy = make_staff(Role.DEPUTY_DA, name="Sam Aldous", track=Track.COMMUNITY_COURT)
        path, number = f"/court/dockets/{docket.handle}/staffing", person.number
    sign_in(client, deputy)
    page = client.get(path)
    assert page.status_code == 200
    assert number not in page.text
    assert "Nobody who is yours to see" in page.text
