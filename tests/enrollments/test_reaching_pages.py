"""A record is kept from somebody, given and taken back on one page, and each act holds at once."""

import re

from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.core.tracks import Track
from diversion.staff.permissions import Role
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff, sign_in


def test_a_record_is_kept_from_somebody_lifted_and_taken_back_az_08(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        nadia = make_staff(Role.SBAD_COORDINATOR, name="Nadia Brook")
        deputy = make_staff(Role.DEPUTY_DA, name="Dana Whitfield")
        number = make_participant(Track.SBAD, "Rowan", "Ashby", by=nadia).number
    at = f"/classes/participants/{number}"

    def deputy_sees() -> int:
        sign_in(client, deputy, track=Track.SBAD)
        status = client.get(at).status_code
        sign_in(client, nadia)
        return status

    def press(label: str) -> None:
        page = client.get(f"{at}/reach").text
        (action,) = re.findall(rf'action="([^"]+)"(?:(?!</form>).)*>{label}<', page, re.DOTALL)
        assert client.post(action).status_code == 303
        assert client.post(action).status_code == 404

    sign_in(client, nadia)
    client.post(f"{at}/deputy", data={"staff": deputy.handle})
    assert deputy_sees() == 200
    typed = {"staff": deputy.handle, "reason": "family", "op": "a-key-of-a-form-1"}
    assert [client.post(f"{at}/reach", data=typed).status_code for _ in "12"] == [303, 303]
    assert deputy_sees() == 404
    assert "They know each other" in client.get(f"{at}/reach").text
    press("Lift")
    assert deputy_sees() == 200
    press("Take back")
    assert deputy_sees() == 404
    own = client.post(f"{at}/reach", data={"staff": nadia.handle, "reason": "conflict"})
    assert (own.status_code, own.location) == (303, "/classes/participants")
    assert client.get(f"{at}/reach").status_code == 404
