"""Sign in as the people of the fictional county, with and without typing."""

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select

from diversion.cli.rehearsal import cast
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.staff import sessions
from diversion.staff.models import Staff
from diversion.staff.sessions import SignInSession, Stage
from tests.browser.conftest import Live


def client_of(app: Flask, part: str, *, track: Track | None = None) -> FlaskClient:
    """Return a client signed in as `part` of the cast, with a fresh second factor."""
    with app.app_context(), transaction():
        email = cast.PARTS[part].email
        staff = db.session.scalars(select(Staff).where(Staff.email == email)).one()
        token = sessions.open_session(staff, stage=Stage.FULL, now=clock.now())
        hashed = sessions.hashed(token)
        row = db.session.scalars(
            select(SignInSession).where(SignInSession.token_hash == hashed)
        ).one()
        row.active_track = track
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def enter(page: Page, live: Live, part: str) -> None:
    """Let `page` be signed in as `part` of the cast."""
    cookie = client_of(live.app, part).get_cookie("sid")
    assert cookie is not None
    page.context.add_cookies([live.cookie(cookie.value)])
