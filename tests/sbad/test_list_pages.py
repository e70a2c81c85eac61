"""The lists of the program are changed by whoever may, and old rows stay readable."""

import re

from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.participants.models import Participant
from diversion.staff.permissions import Role
from tests.factories.sbad import coordinator, make_enrolled
from tests.factories.staff import make_staff, sign_in

LISTS = "/classes/lists"


def test_a_reason_comes_and_goes_and_what_was_written_with_it_is_read(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        by, deputy = coordinator(), make_staff(Role.DEPUTY_DA, name="Dana Whitfield")
        person = db.session.get_one(Participant, make_enrolled(by).participant_id)
        number = person.number
    sign_in(client, by)
    at = f"/classes/participants/{number}"
    assert client.post(f"{LISTS}/pause_reason", data={"label": "At sea"}).status_code == 422
    sent = {"label": "At sea", "clock": "stops", "op": "a-key-of-a-form-1"}
    assert [client.post(f"{LISTS}/pause_reason", data=sent).status_code for _ in "12"] == [303] * 2
    assert client.post(f"{LISTS}/pause_reason", data={**sent, "op": ""}).status_code == 422
    page = client.get(f"{at}/pause").text
    assert "At sea" in page
    (word,) = set(re.findall(r'value="(own_[a-z0-9]+)"', page))
    assert client.post(f"{at}/pause", data={"reason": word}).status_code == 303
    client.post(f"{LISTS}/pause_reason/retirement", data={"word": word})
    assert "Out of use since" in client.get(LISTS).text
    assert "At sea" not in client.get(f"{at}/pause").text
    assert "At sea" in client.get(f"{at}/program").text
    assert client.get(f"{LISTS}/eligibility_factor").status_code == 404
    sign_in(client, deputy, track=Track.SBAD)
    assert client.post(f"{LISTS}/eligibility_factor", data={"label": "Work"}).status_code == 303
    assert client.get(f"{LISTS}/accommodation").status_code == 404
