"""The people of the class program are listed and found by those who may, and by nobody else."""

from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.core.tracks import Track
from diversion.staff.permissions import Role
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff, sign_in


def test_a_coordinator_sees_the_people_of_the_program(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        nadia = make_staff(Role.SBAD_COORDINATOR, name="Nadia Brook")
        rowan = make_participant(Track.SBAD, first="Rowan", last="Ashby", by=nadia)
        make_participant(Track.COMMUNITY_COURT, first="Juniper", last="Hale")
    sign_in(client, nadia)
    page = client.get("/classes/participants")
    assert page.status_code == 200
    assert "Rowan Ashby" in page.text
    assert rowan.number in page.text
    assert "Hale" not in page.text
    found = client.post("/classes/participants", data={"q": "ashby"})
    assert "Rowan Ashby" in found.text
