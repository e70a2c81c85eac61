"""The pages of months: the checklist, the signature, the closing, and opening again."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.ledger import periods
from diversion.ledger.commands import PeriodState
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories import fund, months
from tests.factories.staff import make_staff, sign_in

PAGE = "/fund/periods/2026-10/close"
WHY = "The bank sent a corrected statement"


@pytest.fixture
def people(app: Flask) -> tuple[Staff, Staff]:
    with app.app_context(), transaction():
        months.charge()
        return months.two_people()


def state(app: Flask) -> PeriodState:
    with app.app_context():
        return periods.month(202610).state


def close(app: Flask, client: FlaskClient, people: tuple[Staff, Staff]) -> None:
    sign_in(client, people[1])
    assert client.post("/fund/periods/2026-10/exceptions").status_code == 303
    sign_in(client, people[0])
    assert client.post(PAGE, data={"step": "close"}).status_code == 303


def test_a_clean_month_is_signed_and_closed_by_two(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    sign_in(client, people[0])
    page = client.get(PAGE).get_data(as_text=True)
    assert "Close October 2026" in page
    assert "To sign" in page
    refused = client.post(PAGE, data={"step": "close"})
    assert refused.status_code == 409
    assert "Exceptions and open items reviewed: this is not done yet" in refused.get_data(True)
    close(app, client, people)
    assert state(app) is PeriodState.CLOSED
    sealed = client.get(PAGE).get_data(as_text=True)
    assert "Sealed at entry 1" in sealed
    assert "Open again" in sealed


def test_each_failed_check_leads_to_its_rows(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    with app.app_context(), transaction():
        fund.take(50, by=9_000_900, on=date(2026, 10, 30))
    sign_in(client, people[0])
    page = client.get(PAGE).get_data(as_text=True)
    links = re.findall(r'class="name cover" href="([^"]+)"', page)
    assert "/fund/deposits/new" in links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_the_steps_prove_begin_and_resume(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    sign_in(client, people[0])
    for step, after in (("prove", "open"), ("begin", "closing"), ("resume", "open")):
        assert client.post(PAGE, data={"step": step}).status_code == 303
        assert state(app).value == after
    assert "Every entry up to 1" in client.get(PAGE).get_data(as_text=True)


def test_a_month_is_opened_again_with_a_second_person(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    sign_in(client, people[0])
    assert "This month is not closed." in client.get("/fund/periods/2026-10/reopen").text
    close(app, client, people)
    assert 'name="reason"' in client.get("/fund/periods/2026-10/reopen").text
    asked = client.post("/fund/periods/2026-10/reopen", data={"reason": WHY})
    paper = asked.headers["Location"]
    again = client.get("/fund/periods/2026-10/reopen").text
    assert "waits for a decision" in again
    assert 'name="reason"' not in again
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', client.get(paper).get_data(as_text=True))
    assert seen is not None
    answer = {"seen": seen[1], "decision": "approved"}
    assert client.post(paper, data=answer).status_code == 409
    sign_in(client, people[1])
    assert paper in client.get("/requests").get_data(as_text=True)
    assert client.post(paper, data=answer).status_code == 303
    assert state(app) is PeriodState.OPEN
    report = client.get("/fund/reports/trial-balance?from=10/01/2026&to=10/31/2026")
    assert "October 2026 was reopened once." in report.get_data(as_text=True)


def test_a_short_reason_is_said_beside_the_field(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    close(app, client, people)
    answer = client.post("/fund/periods/2026-10/reopen", data={"reason": "Because"})
    assert answer.status_code == 422
    assert 'id="reason-err"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", ["2026-13", "2026-09", "202610", "before", "0000-00"])
def test_a_month_without_entries_is_not_there(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff], name: str
) -> None:
    sign_in(client, people[0])
    assert client.get(f"/fund/periods/{name}/close").status_code == 404


def test_who_only_reads_sees_no_step(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    with app.app_context(), transaction():
        auditor = make_staff(Role.AUDITOR)
    sign_in(client, auditor)
    page = client.get(PAGE).get_data(as_text=True)
    assert 'name="step"' not in page
    assert client.post(PAGE, data={"step": "close"}).status_code == 404
    assert client.post("/fund/periods/2026-10/exceptions").status_code == 404
    assert client.get("/fund/periods").status_code == 200
