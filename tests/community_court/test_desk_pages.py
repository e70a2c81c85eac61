"""The coordinator's other pages: imports, the court's list, resources, mentors, Today."""

import io
import re
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diversion.community_court.appearances import services as appearances
from diversion.community_court.appearances.models import Result, Setting
from diversion.community_court.appearances.rules import Said
from diversion.community_court.imports import services as imports
from diversion.community_court.mentors.models import ContactFact, MentorMatch
from diversion.community_court.resources.services import seed, shipped
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.core.workbooks.reading import Sheet
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.community_court.test_imports import COUNTY, book, small
from tests.factories.community_court import (
    DAY,
    ZONE,
    enrolled,
    make_docket,
    make_people,
    make_person,
    make_setting,
)
from tests.factories.enrollments import make_terms
from tests.factories.participants import make_participant
from tests.factories.partners import make_mentor
from tests.factories.staff import make_staff, sign_in

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
KEY = "key-of-one-form-{}"
LIST = (
    "CASE_NBR;PARTY;HEARING_TYPE;HRG_DATE;HRG_TIME;COURTROOM;JUDGE;ATTY\r\n"
    "26CR60001;MUÑOZ, PILAR;STATUS REVIEW;12/01/2026;0930;CTRM 210;JUDGE;PUB DEF\r\n"
    "26CR60002;HARROW, TESS;GRADUATION;12/01/2026;1030;CTRM 210;JUDGE;\r\n"
    "26CR60003;SOMEONE, ELSE;ENTRY;12/01/2026;0900;CTRM 210;JUDGE;\r\n"
    "26CR77777;UNKNOWN, PARTY;ENTRY;12/01/2026;0900;CTRM 210;JUDGE;\r\n"
    "26CR60009;ASHBY, ROWAN;ENTRY;12/01/2026;0900;CTRM 210;JUDGE;\r\n"
)


@pytest.fixture(autouse=True)
def _on_docket_day() -> Generator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def by(app: Flask, client: FlaskClient) -> Staff:
    with app.app_context(), transaction():
        staff = make_staff(Role.COURT_COORDINATOR)
        make_terms(staff)
    sign_in(client, staff)
    return staff


def _upload(client: FlaskClient, path: str, content: bytes, name: str):  # type: ignore[no-untyped-def]
    return client.post(
        path, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )


def _count(app: Flask, table: type[Participant] | type[Setting] | type[MentorMatch]) -> int:
    with app.app_context():
        own = select(func.count()).where(table.track == Track.COMMUNITY_COURT)
        return db.session.execute(own).scalar_one()


def test_a_list_is_shown_then_imported_then_undone(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    sent = _upload(client, "/court/imports", small(2), "list.xlsx")
    assert sent.status_code == 303
    page = client.get(sent.location).text
    assert "Import 2 people" in page
    assert "Winslowa" in page
    assert _count(app, Participant) == 0
    done = client.post(sent.location.removesuffix("/check"))
    assert done.status_code == 303
    assert _count(app, Participant) == 2
    back = client.get(sent.location)  # the file is gone: its import is shown
    assert (back.status_code, back.location) == (303, done.location)
    undone = client.post(f"{done.location}/undo")
    assert undone.status_code == 303
    assert "Undone" in client.get(done.location).text


def test_the_same_file_again_changes_nothing(app: Flask, client: FlaskClient, by: Staff) -> None:
    content = small()
    first = _upload(client, "/court/imports", content, "list.xlsx")
    done = client.post(first.location.removesuffix("/check"))
    again = _upload(client, "/court/imports", content, "list.xlsx")
    page = client.post(again.location.removesuffix("/check"))
    assert page.location == done.location
    assert _count(app, Participant) == 1


def test_an_import_pressed_twice_leads_to_the_same_run(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    sent = _upload(client, "/court/imports", small(2), "list.xlsx")
    address = sent.location.removesuffix("/check")
    first, second = client.post(address), client.post(address)
    assert (second.status_code, second.location) == (303, first.location)
    assert _count(app, Participant) == 2


def test_a_refused_row_is_linked_from_the_summary(client: FlaskClient, by: Staff) -> None:
    rows = [
        ["First", "Last", "Birthdate", "Entered program"],
        ["Tess", "Harrow", "02/03/1991", "1/5/2026"],
        ["Ana", "Winslow", "02/30/1991", "1/5/2026"],
    ]
    sent = _upload(client, "/court/imports", book(rows), "list.xlsx")
    page = client.get(sent.location).text
    assert 'href="#r3"' in page
    assert '<tr id="r3">' in page


def test_a_file_without_anybody_new_says_so(client: FlaskClient, by: Staff) -> None:
    first = _upload(client, "/court/imports", small(), "list.xlsx")
    client.post(first.location.removesuffix("/check"))
    again = _upload(client, "/court/imports", small(), "list.xlsx")
    assert "There is nothing to import." in client.get(again.location).text


def test_rows_that_cannot_be_read_are_named_with_a_way_out(client: FlaskClient, by: Staff) -> None:
    rows = [
        ["First", "Last", "Birthdate", "Entered program"],
        ["Tess", "Harrow", "02/30/1991", "1/5/2026"],
    ]
    sent = _upload(client, "/court/imports", book(rows), "list.xlsx")
    page = client.get(sent.location).text
    assert "1 row cannot be read" in page
    assert "Row 2:" in page
    assert "Import 0" not in page


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\x00" * 200])
def test_what_is_no_list_is_refused_with_a_sentence(
    client: FlaskClient, by: Staff, content: bytes
) -> None:
    answer = _upload(client, "/court/imports", content, "list.xlsx")
    assert answer.status_code == 422
    assert "has-err" in answer.text


def test_the_upload_of_another_is_not_there(app: Flask, client: FlaskClient, by: Staff) -> None:
    sent = _upload(client, "/court/imports", small(), "list.xlsx")
    with app.app_context(), transaction():
        other = make_staff(Role.COURT_COORDINATOR, name="Ana Reyes")
    second = app.test_client()
    sign_in(second, other)
    assert second.get(sent.location).status_code == 404


def test_the_courts_list_fills_the_day_and_names_whom_it_cannot_match(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    with app.app_context(), transaction():
        day = make_docket(by)
        handle = day.handle
        for case, last in (("26CR60001", "Muñoz"), ("26CR60002", "Harrow"), ("26CR60003", "Bram")):
            make_participant(Track.COMMUNITY_COURT, "Pilar", last, by=by, case_numbers=(case,))
        make_participant(Track.SBAD, "Rowan", "Ashby", case_numbers=("26CR60009",))
        left_out = make_setting(by, day, make_person(by, "Noor", "Amadi"))
        assert left_out
    path = f"/court/dockets/{handle}/list"
    sent = _upload(client, path, LIST.encode("cp1252"), "docket.csv")
    page = client.get(sent.location).text
    for said in ("Pilar Muñoz", "Not matched", "another name", "not on the court", "Noor Amadi"):
        assert said in page
    assert page.count("No one in this program has this case number.") == 2
    assert client.post(sent.location).status_code == 303
    assert _count(app, Setting) == 3
    bench = client.get(f"/court/dockets/{handle}/bench").text
    assert "PUB DEF" in bench
    again = _upload(client, path, LIST.replace("0930", "0945").encode("cp1252"), "docket.csv")
    assert "Update" in client.get(again.location).text
    assert client.post(again.location).status_code == 303
    assert "9:45" in client.get(f"/court/dockets/{handle}/bench").text
    assert _count(app, Setting) == 3


def test_the_courts_own_file_matches_the_imported_list(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    own = Path(COUNTY / "court_docket_2026-12-01.csv")
    if not own.exists():
        pytest.skip("the county's files are not beside this checkout")
    with app.app_context(), transaction():
        content = (COUNTY / "community_court_list.xlsx").read_bytes()
        whole = imports.read_sheets(content, today=date(2026, 11, 20))
        sheets = tuple(named_in(sheet, own.read_text("cp1252")) for sheet in whole)
        imports.bring_in(content, sheets, zone=ZONE, by=by, on=date(2026, 11, 20), now=NOW)
        handle = make_docket(by, DAY + timedelta(days=1)).handle
    page = client.get(f"/court/dockets/{handle}/bench").text
    assert "No one is set for this day." in page
    listed = own.read_bytes().replace(b"12/01/2026", b"12/02/2026")
    sent = _upload(client, f"/court/dockets/{handle}/list", listed, "docket.csv")
    page = client.get(sent.location).text
    assert "<b>10</b> add" in page
    assert "<b>1</b> not matched" in page
    assert "26CR77777" in page


def named_in(sheet: Sheet, listed: str) -> Sheet:
    """Return the list without the people whose case the court does not name: they take time."""
    cases = re.compile(r"26CR\d+")
    others = {
        row.number
        for row in sheet.rows
        if (found := [c.text for c in row.cells if cases.fullmatch(c.text)])
        and not any(case in listed for case in found)
    }
    return replace(sheet, rows=tuple(row for row in sheet.rows if row.number not in others))


def test_the_directory_is_seeded_once_with_its_sources(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    with app.app_context(), transaction():
        assert len(seed(by=by)) == len(seed(by=by)) == len(shipped())
    page = client.get("/court/resources").text
    assert page.index("Safety Compass") < page.index("A Village for One")
    assert "county human trafficking page" in page
    assert "Call before you refer" in page
    found = client.get("/court/resources?q=spanish&kind=consulate").text
    assert "Consulate of Mexico" in found
    assert "Safety Compass" not in found
    assert "No match." in client.get("/court/resources?q=zzz").text


def test_an_entry_is_verified_and_grows_stale_after_180_days(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    with app.app_context(), transaction():
        seed(by=by)
    page = client.get("/court/resources?q=compass").text
    found = re.search(r"/court/resources/([a-z0-9]+)/verify", page)
    assert found
    assert client.post(found[0]).status_code == 303
    assert "Verified Tue, Dec 1" in client.get("/court/resources?q=compass").text
    with time_machine.travel(NOW + timedelta(days=181), tick=False):
        sign_in(client, by)
        assert "Over 180 days ago" in client.get("/court/resources?q=compass").text


def test_an_entry_changed_meanwhile_is_shown_beside_mine_le_04(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    with app.app_context(), transaction():
        handle = seed(by=by)[1].handle
    form = {"op": KEY.format(1), "name": "Safety Compass", "kind": "advocacy", "version": "1"}
    path = f"/court/resources/{handle}"
    assert client.post(path, data={**form, "phone": "503-555-0111"}).status_code == 303
    late = client.post(path, data={**form, "phone": "503-555-0122", "op": KEY.format(2)})
    assert late.status_code == 409
    assert "503-555-0111" in late.text
    assert "503-555-0122" in late.text


def test_a_mentor_is_assigned_once_and_then_reaches_the_person_le_03(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    with app.app_context(), transaction():
        person, _enrollment = enrolled(by)
        carla = make_staff(Role.MENTOR, name="Carla Voss")
        mentor = make_mentor(by, staff=carla)
        number, handle = person.number, mentor.handle
    theirs, stop = app.test_client(), f"/court/mentors/{handle}/stop"
    sign_in(theirs, carla)
    assert theirs.get(f"/court/participants/{number}").status_code == 404
    path = f"/court/participants/{number}/mentors/new"
    for _again in range(2):
        answer = client.post(path, data={"op": KEY.format(1), "mentor": handle})
        assert answer.status_code == 303
    assert _count(app, MentorMatch) == 1
    assert theirs.get(f"/court/participants/{number}").status_code == 200
    assert "walks with somebody" in client.post(stop, follow_redirects=True).text
    assert number in theirs.get("/court/log").text
    assert "My people" in theirs.get("/").text
    found = re.search(
        r"/court/matches/([a-z0-9]+)/end", client.get(f"/court/participants/{number}/mentors").text
    )
    assert found
    assert (
        client.post(found[0], data={"op": KEY.format(2), "reason": "finished"}).status_code == 303
    )
    assert theirs.get(f"/court/participants/{number}").status_code == 404
    assert "ended" in client.get(f"/court/participants/{number}/mentors").text
    assert stop in client.get("/court/mentors").text
    client.post(stop)
    stopped = client.get("/court/mentors").text
    assert "Until" in stopped
    assert stop not in stopped


def test_a_day_that_the_county_closes_takes_no_docket(client: FlaskClient, by: Staff) -> None:
    page = "/court/closed-days"
    typed = {"closed_on": "12/01/2026", "is_what": "closed", "name": ""}
    assert client.post(page, data=typed).status_code == 422
    kept = client.post(page, data={**typed, "name": "Roof repair"}, follow_redirects=True).text
    assert "Roof repair" in kept
    assert "Roof repair" in client.get("/court/dockets?month=2026-12").text
    client.post(page, data={**typed, "is_what": "open"})
    assert "Roof repair" not in client.get(page).text


def test_a_contact_is_logged_once_le_03(app: Flask, client: FlaskClient, by: Staff) -> None:
    with app.app_context(), transaction():
        person, _enrollment = enrolled(by)
        number = person.number
    path = f"/court/participants/{number}/contacts/new"
    form = {"op": KEY.format(1), "kind": "meeting", "made": "yes", "happened_on": "11/30/2026",
            "minutes": "45", "next_on": "+7"}  # fmt: skip
    for _again in range(2):
        assert client.post(path, data=form).status_code == 303
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(ContactFact)).scalar_one() == 1
    later = client.post(path, data={**form, "op": KEY.format(2), "happened_on": "12/24/2026"})
    assert (later.status_code, "still to come" in later.text) == (409, True)


def test_nothing_of_a_contact_is_chosen_beforehand(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    with app.app_context(), transaction():
        person, _enrollment = enrolled(by)
        number = person.number
    path = f"/court/participants/{number}/contacts/new"
    assert " checked" not in client.get(path).text
    form = {"op": KEY.format(1), "happened_on": "11/30/2026"}
    answer = client.post(path, data=form)
    assert (answer.status_code, answer.text.count("Choose one.") >= 2) == (422, True)


def test_today_counts_what_stands_behind_each_link(
    app: Flask, client: FlaskClient, by: Staff
) -> None:
    with app.app_context(), transaction():
        past, day = make_docket(by, date(2026, 11, 17)), make_docket(by)
        first, second, third, fourth = make_people(by, 4)
        made = make_setting(by, past, first)
        appearances.record(made, Said(Result.NOT_HERE), by=by, on=DAY, now=NOW)
        make_setting(by, past, second)
        make_setting(by, day, third)
        numbers = [each.number for each in (first, second, third, fourth)]
    page = client.get("/").text
    assert "1 person" in page
    behind = {
        "/court/missed": {numbers[0]},
        "/court/without-outcome": {numbers[1]},
        "/court/without-date": {numbers[0], numbers[1], numbers[3]},
    }
    for link, people in behind.items():
        assert f'href="{link}"' in page
        shown = client.get(link).text
        assert {number for number in numbers if number in shown} == people
        count = re.search(
            rf'<span class="count[^"]*">(\d+)</span>(?:(?!<section).)*?{link}"', page, re.S
        )
        assert count
        assert int(count[1]) == len(people)


def test_whose_work_is_elsewhere_finds_none_of_these_pages(app: Flask, by: Staff) -> None:
    with app.app_context(), transaction():
        handle = make_docket(by).handle
    paths = (
        "/court/dockets", f"/court/dockets/{handle}/bench", "/court/imports", "/court/missed",
        "/court/resources", "/court/log", "/court/mentors", "/court/without-date",
    )  # fmt: skip
    for role in (Role.SBAD_COORDINATOR, Role.FINANCE_CLERK, Role.ADMINISTRATOR):
        with app.app_context(), transaction():
            stranger = make_staff(role, name="Theo Marsh")
        other = app.test_client()
        sign_in(other, stranger)
        assert [other.get(path).status_code for path in paths] == [404] * len(paths), role
