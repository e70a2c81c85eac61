"""Administrators see on Today what waits for them: as many as the rows behind the link."""

import re

from flask import Flask
from flask.testing import FlaskClient

from diversion.core import clock
from diversion.core.database import transaction
from diversion.staff.people import services
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff, sign_in

HEADING = "Waits for you to confirm"


def _rows(page: str, label: str) -> int:
    part = re.search(rf'<ul class="rows" aria-label="{label}">(.*?)</ul>', page, re.DOTALL)
    return part.group(1).count("<li") if part else 0


def test_what_one_administrator_asks_waits_for_the_other_alone(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        ada = make_staff(Role.ADMINISTRATOR, name="Ada Romero")
        leo = make_staff(Role.ADMINISTRATOR, name="Leo Castile")
        auditor = make_staff(Role.AUDITOR, name="Noor Haddad")
        quill = make_staff(name="Quill Ashgrove")
        for role in (Role.INSTRUCTOR, Role.FINANCE_CLERK):
            services.ask_role(quill, role, by=ada, now=clock.now())
    sign_in(client, leo)
    assert HEADING in client.get("/").text
    assert _rows(client.get("/staff").text, HEADING) == 2
    for other in (ada, auditor):
        there = app.test_client()
        sign_in(there, other)
        assert HEADING not in there.get("/").text
        page = there.get("/staff").text
        assert _rows(page, HEADING) == 0
        assert _rows(page, "Waits for another administrator") == 2


def test_a_locked_account_waits_for_its_release(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        ada = make_staff(Role.ADMINISTRATOR, name="Ada Romero")
        make_staff(name="Quill Ashgrove").locked_at = clock.now()
    sign_in(client, ada)
    assert "Locked accounts" in client.get("/").text
    page = client.get("/staff?state=locked").text
    assert '<a class="chip" href="/staff">All accounts</a>' in page
    assert "Quill Ashgrove" in page
    assert "ada" not in re.sub(r"(?s)<header.*?</header>", "", page).lower().split("main", 1)[1]
