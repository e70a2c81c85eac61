"""A calendar link shows one's own days to whoever holds it, without a name, until it is ended."""

import re
from datetime import UTC, date, datetime

from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import db, transaction
from diversion.staff.models import Staff, StaffStatus
from diversion.web.feeds import Entry, calendar
from tests.factories.sbad import coordinator, instructor, make_class, make_registered
from tests.factories.staff import sign_in

PAGE = "/classes/calendar-link"


def made(client: FlaskClient) -> str:
    """Make a link and return its path, which is shown this once."""
    (path,) = re.findall(r"/calendar/classes/[\w-]{43}\.ics", client.post(PAGE).text)
    assert path not in client.get(PAGE).text
    return str(path)


def test_a_link_shows_ones_own_days_without_a_name_until_it_is_ended(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        office, teacher = coordinator(), instructor("Imogen Reyes")
        day = make_class(office, held_on=date(2026, 12, 5), instructors=[teacher])
        make_registered(day, office, "Rowan", "Ashby")
        make_class(office, held_on=date(2026, 12, 12))  # which somebody else teaches
    sign_in(client, teacher)
    path, anybody = made(client), app.test_client()
    answer = anybody.get(path)
    assert answer.mimetype == "text/calendar"
    assert re.findall(r"SUMMARY:(.*)\r", answer.text) == ["Class\\, 1 person"]
    assert "DTSTART:20261205T" in answer.text
    assert "Rowan" not in answer.text
    assert anybody.get(path.replace("/classes/", "/dockets/")).status_code == 404
    newer = made(client)
    assert [anybody.get(each).status_code for each in (path, newer)] == [404, 200]
    client.post(PAGE, data={"act": "end"})
    assert anybody.get(newer).status_code == 404
    last = made(client)
    with app.app_context(), transaction():
        db.session.get_one(Staff, teacher.id).status = StaffStatus.DISABLED
    assert anybody.get(last).status_code == 404


def test_what_is_written_about_a_day_stays_one_line_of_its_own() -> None:
    at = datetime(2026, 12, 5, 17, tzinfo=UTC)
    entry = Entry("2026-12-05-k7", at, at, "é" * 60 + "; a, b", "Room\r\nBEGIN:VEVENT")
    lines = calendar([entry], now=at).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert [line.decode() for line in lines].count("BEGIN:VEVENT") == 1
    whole = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert f"SUMMARY:{'é' * 60}\\; a\\, b\r\n" in whole
