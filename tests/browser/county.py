"""Make small fictional counties and people who are signed in, for browsers."""

from flask import Flask
from playwright.sync_api import Page

from diversion.core.database import transaction
from diversion.core.tracks import Track
from diversion.staff.permissions import Role
from tests.browser.conftest import Live
from tests.factories.staff import make_staff, sign_in


def token_for(
    app: Flask, *roles: Role, name: str = "Rosa Delgado", track: Track | None = None
) -> str:
    """Make a person with `roles` and return the cookie of a session with both factors."""
    with app.app_context(), transaction():
        staff = make_staff(*roles, name=name, track=track)
    client = app.test_client()
    sign_in(client, staff, track=track)
    cookie = client.get_cookie("sid")
    assert cookie is not None
    return cookie.value


def enter(page: Page, live: Live, *roles: Role, name: str = "Rosa Delgado") -> None:
    """Let `page` be signed in as a new person with `roles`."""
    page.context.add_cookies([live.cookie(token_for(live.app, *roles, name=name))])  # type: ignore[list-item]  # (a cookie)
