"""Passwords are shown in a fictional county and nowhere else."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from diversion.core import clock
from diversion.core.database import transaction
from diversion.staff.permissions import Role
from diversion.staff.sign_in import passwords, practice, totp
from diversion.staff.sign_in.practice import RealPeopleHere
from tests.factories.accounts import METHOD, PASSWORD, make_account, type_code, type_password
from tests.factories.staff import make_staff

SHOWN = "harbor lantern quilt"


def _introduce(name: str, *roles: Role, email: str) -> None:
    practice.introduce(
        make_staff(*roles, name=name, email=email), password=SHOWN,
        password_hash=passwords.hashed(SHOWN, METHOD), seed=totp.new_seed(), about="Finance clerk",
    )  # fmt: skip


def test_a_real_county_shows_no_password(app: Flask, client: FlaskClient) -> None:
    make_account(app)
    page = client.get("/sign-in").text
    assert "fictional" not in page.casefold()
    assert PASSWORD not in page


def test_a_newcomer_signs_in_with_what_the_page_shows(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _introduce("Mae Lind", Role.FINANCE_CLERK, email="mae@county.example")
    for browser in (client, app.test_client()):
        page = browser.get("/sign-in").text
        assert SHOWN in page
        assert "Every person here is fictional." in page
        type_password(browser, "mae@county.example", SHOWN)
        shown = browser.get("/sign-in/code").text.split('<span class="mono">')[1].split("<")[0]
        assert type_code(browser, shown).status_code == 303


def test_where_real_people_sign_in_nobody_fictional_is_made(session: Session) -> None:
    real = make_staff(Role.ADMINISTRATOR)
    real.password_hash = "a hash"
    session.flush()
    with pytest.raises(RealPeopleHere):
        _introduce("Mae Lind", Role.FINANCE_CLERK, email="mae@county.example")
    assert practice.cards(now=clock.now()) == []


def test_no_setting_makes_a_county_fictional(app: Flask, client: FlaskClient) -> None:
    make_account(app)
    for name in ("FICTIONAL", "PRACTICE", "DEMO", "TESTING", "DEBUG_SIGN_IN"):
        app.config[name] = True
    assert "fictional" not in client.get("/sign-in").text.casefold()
