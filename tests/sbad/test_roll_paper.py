"""A roll is entered from the paper sheet by the numbers of its rows."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.staff import sign_in
from tests.sbad.test_roll_pages import Day, make_day, marks


@pytest.fixture
def day(app: Flask) -> Day:
    return make_day(app, 4)


@pytest.fixture
def phone(client: FlaskClient, day: Day) -> FlaskClient:
    sign_in(client, day.teacher)
    return client


def test_rows_of_the_sheet_are_entered_once_and_the_rest_is_here(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    page = phone.get(day.url("/paper")).get_data(as_text=True)
    rows = re.search('name="rows"[^>]*value="([^"]+)"', page)[1]  # type: ignore[index]
    order = rows.split()
    names = re.findall(r"<bdi>([^<]+)</bdi>", page)
    assert names == ["Person0 F.", "Person1 F.", "Person2 F.", "Person3 F."]
    sent = {"op": "k" * 24, "rows": rows, "text": "2 a\n 4L 20, ", "rest": "y"}
    for _twice in range(2):
        assert phone.post(day.url("/paper"), data=sent).status_code == 303
    assert dict(marks(app)) == dict(zip(order, ("here", "absent", "here", "late"), strict=True))
    assert "20 min" in phone.get(day.url()).get_data(as_text=True)


@pytest.mark.parametrize("text", ["5 A", "2 X", "A 2", "2 A\n2 L", "0 A"])
def test_what_the_sheet_can_not_say_is_not_entered(
    app: Flask, phone: FlaskClient, day: Day, text: str
) -> None:
    sent = {"op": "k" * 24, "rows": " ".join(day.rows), "text": text, "rest": "y"}
    assert phone.post(day.url("/paper"), data=sent).status_code == 422
    assert marks(app) == []


def test_whoever_had_to_leave_has_a_reason_and_missed_modules_are_owed(
    phone: FlaskClient, day: Day
) -> None:
    url = day.url(f"/people/{day.rows[0]}")
    assert phone.post(url, data={"op": "a" * 24, "value": "removed"}).status_code == 422
    sent = {"op": "b" * 24, "value": "removed", "reason": "disturbed"}
    assert phone.post(url, data=sent).status_code == 303
    assert "Disturbed the class" in phone.get(url).get_data(as_text=True)
    sent = {"op": "c" * 24, "value": "here", "missed": ["1", "3"]}
    assert phone.post(url, data=sent).status_code == 303
    assert "Missed: 1, 3" in phone.get(url).get_data(as_text=True)
    assert "2 modules owed" in phone.get(day.url()).get_data(as_text=True)
    assert phone.post(url, data={"op": "d" * 24, "value": "unmarked"}).status_code == 303
    assert "Not marked" in phone.get(url).get_data(as_text=True)
