"""A file is read while nothing is locked, and what was refused comes back to be mended."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from diversion.core.database import is_writing, transaction
from diversion.core.workbooks import reading as workbooks
from diversion.staff.permissions import Role
from tests.community_court.test_imports import book, small
from tests.factories.community_court import make_docket
from tests.factories.enrollments import make_terms
from tests.factories.staff import make_staff, sign_in
from tests.sbad.test_imports_pages import multipart

LIST = b"CASE_NBR;PARTY;HRG_TIME\r\n26CR60000;WINSLOWA, PILAR;0930\r\n"
HEADER = ["First", "Last", "Birthdate", "Entered program"]
TESS = ["Tess", "Harrow", "6/17/1991", "2/15/2026"]
BAD = ["=1+1", "Bram", "Nov 31, 1988", "2/16/2026"]


@pytest.fixture
def docket(app: Flask, client: FlaskClient) -> str:
    with app.app_context(), transaction():
        by = make_staff(Role.COURT_COORDINATOR)
        make_terms(by)
        handle = make_docket(by).handle
    sign_in(client, by)
    return handle


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Write down for each reading whether the write lock was held."""
    seen: list[bool] = []
    real = workbooks.read

    def watched(*arguments: Any) -> Any:
        seen.append(is_writing())
        return real(*arguments)

    monkeypatch.setattr(workbooks, "read", watched)
    return seen


def test_no_file_is_read_while_the_write_lock_is_held(
    client: FlaskClient, docket: str, unlocked: list[bool]
) -> None:
    check = client.post("/court/imports", **multipart(small())).location
    assert "Import 1 person" in client.get(check).text
    assert client.post(check.removesuffix("/check")).status_code == 303
    listed = client.post(f"/court/dockets/{docket}/list", **multipart(LIST, "d.csv")).location
    assert ">Add</" in client.get(listed).text
    assert client.post(listed).status_code == 303
    assert unlocked == [False] * 6


def test_refused_rows_come_back_with_their_reason(client: FlaskClient, docket: str) -> None:
    check = client.post("/court/imports", **multipart(book([HEADER, TESS, BAD]))).location
    page = client.get(check).text
    assert "Get the refused row" in page
    answer = client.get(check.replace("/check", "/refused.xlsx"))
    assert "_rows-to-mend.xlsx" in answer.headers["Content-Disposition"]
    (sheet,) = load_workbook(BytesIO(answer.data)).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[:2] for row in rows] == [["First", "Last"], ["=1+1", "Bram"]]
    assert sheet.cell(2, 1).data_type == "s"
    assert rows[1][-1]


def test_what_to_do_with_refused_rows_is_said_truly(client: FlaskClient, docket: str) -> None:
    content = book([HEADER, TESS, BAD])
    check = client.post("/court/imports", **multipart(content)).location
    assert "Import the others now." in client.get(check).text
    client.post(check.removesuffix("/check"))
    again = client.get(client.post("/court/imports", **multipart(content)).location).text
    assert "Import the others" not in again
    assert "There is nothing else in this file to import." in again


def test_an_import_of_nobody_leads_back_to_the_check(client: FlaskClient, docket: str) -> None:
    first = client.post("/court/imports", **multipart(small())).location
    client.post(first.removesuffix("/check"))
    same = client.post("/court/imports", **multipart(small(Language="Spanish"))).location
    sent = client.post(same.removesuffix("/check"))
    assert (sent.status_code, sent.location) == (303, same)
    assert "Nobody in this file is new." in client.get(same).text
