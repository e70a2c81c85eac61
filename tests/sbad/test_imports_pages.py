"""The workbook is brought in the browser: looked at first, then taken over, then perhaps undone."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.terms.services import set_up
from diversion.participants.models import Participant, Status, WaitingUpload
from diversion.staff.permissions import Role
from tests.core.hostile import SHEET, changed, sheet_xml, workbook
from tests.factories.sbad import coordinator
from tests.factories.staff import make_staff, sign_in
from tests.sbad.test_imports_reading import HALE, HEADER
from tests.statements import counted

WREN = ["Wren, Ada", "5/2/1991", "26CR2"]
BAD = ["=cmd|' /C calc'!A0", "5/2/1991", "26CR3"]


@pytest.fixture
def office(app: Flask, client: FlaskClient) -> FlaskClient:
    with app.app_context(), transaction():
        rosa = coordinator()
        set_up(sbad_fee=Money(50_000), in_force_on=date(2024, 1, 1), by=rosa)
    sign_in(client, rosa)
    return client


def multipart(content: bytes, name: str = "list.xlsx") -> dict[str, Any]:
    """Return a form with a file as a browser sends it; the test client itself would use a file."""
    edge = b"--edge"
    head = f'form-data; name="file"; filename="{name}"'.encode()
    body = edge + b'\r\nContent-Disposition: form-data; name="op"\r\n\r\n' + b"k" * 24
    body += b"\r\n" + edge + b"\r\nContent-Disposition: " + head + b"\r\n\r\n" + content
    body += b"\r\n" + edge + b"--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=edge"}


def upload(office: FlaskClient, content: bytes, name: str = "list.xlsx") -> str:
    answer = office.post("/classes/imports", **multipart(content, name))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def people(app: Flask) -> int:
    with app.app_context():
        query = select(func.count()).where(
            Participant.track == Track.SBAD, Participant.status == Status.ACTIVE
        )
        return db.session.scalar(query) or 0


def test_a_file_is_checked_imported_and_undone(app: Flask, office: FlaskClient) -> None:
    url = upload(office, workbook(HEADER, HALE, HALE, BAD, WREN))
    page = office.get(url).get_data(as_text=True)
    for said in ("Hale, Juniper", "The same person as row 2", "is not a name", "$500.00",
                 "nothing is saved yet", "Import 2 people"):  # fmt: skip
        assert said in page, said
    assert people(app) == 0
    done = office.post(url)
    assert done.status_code == 303
    assert people(app) == 2
    page = office.get(done.headers["Location"]).get_data(as_text=True)
    assert "Undo this import" in page
    assert office.post(done.headers["Location"] + "/undo").status_code == 303
    assert people(app) == 0
    assert office.post(done.headers["Location"] + "/undo").status_code == 409
    assert "Undone" in office.get("/classes/imports").get_data(as_text=True)


def test_import_pressed_twice_is_one_import_le_03(app: Flask, office: FlaskClient) -> None:
    address = upload(office, workbook(HEADER, HALE, WREN))
    first, second = office.post(address), office.post(address)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert people(app) == 2


def test_the_way_back_to_a_used_preview_leads_to_the_import_it_made(
    app: Flask, office: FlaskClient
) -> None:
    url = upload(office, workbook(HEADER, HALE))
    done = office.post(url).headers["Location"]
    back = office.get(url)
    assert (back.status_code, back.headers["Location"]) == (303, done)
    assert "That file was imported" in office.get(done).get_data(as_text=True)
    with app.app_context(), transaction():
        other = coordinator()
    stranger = app.test_client()
    sign_in(stranger, other)
    assert stranger.get(url).status_code == 404


def test_a_file_that_waits_is_sealed(app: Flask, office: FlaskClient) -> None:
    upload(office, ",".join(HEADER).encode() + b"\nHale; Juniper,,26CR1\n", "list.csv")
    with app.app_context():
        (sealed,) = db.session.scalars(select(WaitingUpload.sealed))
    assert b"Juniper" not in sealed
    assert b"26CR1" not in sealed


def test_the_same_file_again_says_so_and_offers_nothing(app: Flask, office: FlaskClient) -> None:
    content = workbook(HEADER, HALE)
    office.post(upload(office, content))
    url = upload(office, content)
    page = office.get(url).get_data(as_text=True)
    assert "imported before" in page
    assert "Import 1 person" not in page
    office.post(url)
    assert people(app) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 1


def test_refused_rows_come_back_with_their_reason_and_hold_no_formula(
    app: Flask, office: FlaskClient
) -> None:
    url = upload(office, workbook(HEADER, HALE, BAD, ["Moss, Tom", "13/45/1990", "26CR7"]))
    answer = office.get(f"{url}/refused.xlsx")
    assert re.search(r"[0-9-]+_rows-to-mend\.xlsx", answer.headers["Content-Disposition"])
    (sheet,) = load_workbook(BytesIO(answer.data)).worksheets
    rows = list(sheet.iter_rows())
    assert [row[0].value for row in rows] == ["Name", BAD[0], "Moss, Tom"]
    assert "is not a date" in str(rows[2][-1].value)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    assert rows[1][0].data_type != "f"


def test_rows_are_shown_by_what_happens_with_them(office: FlaskClient) -> None:
    url = upload(office, workbook(HEADER, HALE, HALE, BAD))
    page = office.get(f"{url}?show=repeats").get_data(as_text=True)
    assert page.count("<tr>") == 2
    assert office.get(f"{url}?show=nonsense&page=99").status_code == 200


def test_columns_of_criminal_history_are_warned_off(office: FlaskClient) -> None:
    url = upload(office, workbook([*HEADER, "Priors"], [*HALE, "2"]))
    assert "look like criminal history" in office.get(url).get_data(as_text=True)


def test_a_hostile_or_strange_file_is_refused_with_a_sentence_wb_08(
    app: Flask, office: FlaskClient
) -> None:
    bomb = changed(workbook(HEADER), {SHEET: sheet_xml("<row/>" + " " * 40_000_000)})
    for content, said in (
        (bomb, "unpacks to far more"), (b"\xd0\xcf\x11\xe0", "without a password"),
        (workbook(["a", "b", "c"], [1, 2, 3], [1, 2, 3]), "No header row"),
    ):  # fmt: skip
        answer = office.get(upload(office, content))
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
    assert people(app) == 0


def test_a_hostile_file_is_refused_when_it_is_to_be_imported_too_wb_08(
    app: Flask, office: FlaskClient
) -> None:
    answer = office.post(upload(office, b"\xd0\xcf\x11\xe0"))
    assert answer.status_code == 422
    assert people(app) == 0


def test_no_file_and_too_large_a_file_are_said_at_the_field(office: FlaskClient) -> None:
    none = office.post("/classes/imports", data={"op": "k" * 24})
    assert none.status_code == 422
    assert "Choose a file." in none.get_data(as_text=True)
    large = office.post("/classes/imports", **multipart(b"x" * 6_000_000))
    assert "larger than 5 MB" in large.get_data(as_text=True)


def test_no_upload_touches_the_disk_unsealed(app: Flask) -> None:
    large = multipart(b"Name,Case\n" * 100_000)
    with app.test_request_context("/classes/imports", method="POST", **large):
        assert isinstance(request.files["file"].stream, BytesIO)


def test_anothers_upload_is_not_there(app: Flask, office: FlaskClient) -> None:
    url = upload(office, workbook(HEADER, HALE))
    with app.app_context(), transaction():
        other = coordinator()
    stranger = app.test_client()
    sign_in(stranger, other)
    assert stranger.get(url).status_code == 404
    assert stranger.post(url).status_code == 404
    assert office.get(url).status_code == 200


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.COURT_COORDINATOR, Role.FINANCE_CLERK])
def test_other_roles_import_nothing(app: Flask, office: FlaskClient, role: Role) -> None:
    url = upload(office, workbook(HEADER, HALE))
    with app.app_context(), transaction():
        staff = make_staff(role)
    other = app.test_client()
    sign_in(other, staff)
    for path in ("/classes/imports", url, f"{url}/refused.xlsx"):
        assert other.get(path).status_code == 404
    assert other.post(url).status_code == 404


def test_the_statements_of_a_check_do_not_grow_with_the_rows(
    app: Flask, office: FlaskClient
) -> None:
    found = []
    for count in (1, 40):
        rows = [[f"Fictional{n}, Person", f"{n % 28 + 1}-Jan-19{60 + n % 30}", f"26CR{n}"]
                for n in range(count)]  # fmt: skip
        url = upload(office, workbook(HEADER, *rows))
        office.get(url)
        with counted(app) as statements:
            assert office.get(url).status_code == 200
        found.append(len(statements))
    assert found[0] == found[1]
