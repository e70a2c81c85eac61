"""Reports say what the books say, for any days and as of any entry."""

import hashlib
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.core.money import ZERO, Money
from diversion.fund.exports import general_ledger
from diversion.fund.leaving.models import ExportRun, FileKind
from diversion.fund.statements import catalog, general
from diversion.fund.statements.per_head import HIDDEN
from diversion.fund.statements.report import Question, Report
from diversion.ledger import queries as ledger
from diversion.ledger.commands import OWN_RECEIPT, Mode, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from diversion.staff.permissions import Role
from tests.factories import disbursements, months
from tests.factories.fees import make_debtor, make_receipt
from tests.factories.staff import make_staff, sign_in

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def ask(name: str, *, first: date = FIRST, last: date = LAST, up_to: int = 0,
        account: int = 1020) -> Report:  # fmt: skip
    head = up_to or ledger.head().number
    return catalog.named(name).build(Question(Range(first, last, head), account))


def cells(report: Report, words: str) -> tuple[Any, ...]:
    return next(row.cells for row in report.rows if str(row.cells[0]).startswith(words))


def live() -> None:
    """Take interest and a donation, pay a charge, and turn one of them back."""
    months.interest(10_000, on=date(2026, 9, 10))
    months.interest(2_500)
    charge = months.post(Event.BANK_CHARGE, debit(5040, Money(300)), credit(1020, Money(300)))
    months.back(charge.number)
    months.post(Event.BANK_CHARGE, debit(5040, Money(400)), credit(1020, Money(400)))
    tender = Tender("M-2026-", Mode.CASH, Money(700))
    lines = (debit(1010, Money(700), OWN_RECEIPT), credit(4300, Money(700)))
    months.post(Event.DONATION_RECEIPT, *lines, tender=tender)


@pytest.mark.parametrize("kept", catalog.REPORTS, ids=lambda kept: kept.name)
def test_every_report_ties_and_fits_its_columns(session: Session, kept: Any) -> None:
    assert ask(kept.name).ties
    live()
    report = ask(kept.name)
    assert report.ties
    assert {len(row.cells) for row in report.rows} <= {len(report.columns)}


def test_the_schedule_of_accountability_adds_up(session: Session) -> None:
    live()
    report = ask("accountability")
    assert cells(report, "Beginning")[1] == Money(10_000)
    assert cells(report, "Receipts")[1] == Money(3_200)
    assert cells(report, "Disbursements")[1] == Money(-400)
    assert cells(report, "Ending")[1] == cells(report, "Cash on hand")[1] == Money(12_800)


def test_a_report_as_of_an_entry_does_not_see_what_came_later(session: Session) -> None:
    live()
    assert cells(ask("trial-balance", up_to=2), "1020")[5] == Money(12_500)
    assert cells(ask("accountability", up_to=2), "Ending")[1] == Money(12_500)
    assert cells(ask("earmarks", up_to=2), "General")[3] == Money(12_500)
    assert len(ask("general-ledger", up_to=2).rows) == 3


def test_the_general_ledger_runs_from_opening_to_closing(session: Session) -> None:
    live()
    rows = ask("general-ledger").rows
    assert rows[0].cells[6] == Money(10_000)
    assert [row.cells[6] for row in rows[1:-1]] == [
        Money(cents) for cents in (12_500, 12_200, 12_500, 12_100)
    ]
    assert rows[-1].cells[6] == Money(12_100)
    assert ask("general-ledger", account=1010).rows[1].cells[3] == "M-2026-000001"


def test_each_page_of_the_general_ledger_ties_and_a_file_has_all(
    session: Session, tmp_path: Path
) -> None:
    live()
    asked = Question(Range(FIRST, LAST, ledger.head().number), 1020)
    pages = [general.general_ledger(replace(asked, page=n, size=3)) for n in (1, 2)]
    assert [page.ties for page in pages] == [True, True]
    first, second = (page.rows for page in pages)
    assert (len(first), len(second)) == (5, 3)
    assert (str(first[-1].cells[2]), str(second[0].cells[2])) == ("Carried over", "Carried forward")
    assert first[-1].cells[6] == second[0].cells[6] == Money(12_500)
    whole = list(general.whole_ledger(asked).every())
    assert whole[1:-1] == [*first[1:-1], *second[1:-1]]
    path = tmp_path / "all.xlsx"
    general_ledger.write(path, asked.wanted, ledger.head())
    lines = list(load_workbook(path)["General ledger"].iter_rows(values_only=True))
    assert [line[8] for line in lines if line[0] == 1020] == [
        row.cells[6].cents / 100 for row in whole
    ]
    assert {line[0] for line in lines[1:]} == {1010, 1020, 4200, 4300, 5040}


def test_the_budget_shows_what_is_left(session: Session) -> None:
    office = disbursements.make_office()
    line = disbursements.make_line(office, 1_200)
    disbursements.make_award(office, line, 300)
    row = cells(ask("budget", first=months.TODAY, last=months.TODAY), "All")
    assert row[2:] == (Money(120_000), ZERO, Money(30_000), ZERO, Money(90_000), 25)


def test_the_budget_of_a_year_stands_as_before_its_end_and_lapses_after_it(
    session: Session,
) -> None:
    line = disbursements.make_line(disbursements.make_office(), 1_200)
    all_of_it = Money(120_000)
    closed = months.post(
        Event.YEAR_CLOSE, debit(9010, all_of_it, line.id), credit(9000, all_of_it),
        approved_by=9_000_901, on=months.TODAY,
    ).number  # fmt: skip

    def adopted(name: str = "All", up_to: int = 0, days: int = 0) -> tuple[Money, ...]:
        last = months.TODAY + timedelta(days=days)
        report = ask("budget", first=months.TODAY, last=last, up_to=up_to)
        assert report.ties
        return cells(report, name)[2:4]

    assert adopted(f"All, before the year ended in entry {closed}") == (all_of_it, ZERO)
    assert adopted(days=1) == (ZERO, ZERO)
    assert adopted(up_to=closed - 1) == (all_of_it, ZERO)
    months.back(closed)
    assert adopted() == (all_of_it, ZERO)


@given(st.lists(st.tuples(st.integers(1, 5_000), st.integers(1, 30)), max_size=6))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_posted_every_report_ties(
    session: Session, acts: list[tuple[int, int]]
) -> None:
    for cents, day in acts:
        months.interest(cents, on=date(2026, 10, day))
        lines = (debit(5040, Money(cents)), credit(4200, Money(cents)))
        months.post(Event.ADJUST, *lines, approved_by=9_000_901, on=date(2026, 10, day))
    assert all(ask(kept.name).ties for kept in catalog.REPORTS)


@pytest.fixture
def county(app: Flask, client: FlaskClient) -> Flask:
    with app.app_context(), transaction():
        live()
        reader = make_staff(Role.AUDITOR)
    sign_in(client, reader)
    return app


def test_every_report_is_shown_and_led_to(county: Flask, client: FlaskClient) -> None:
    front = client.get("/fund/reports").get_data(as_text=True)
    for kept in catalog.REPORTS:
        assert f"/fund/reports/{kept.name}" in front
        page = client.get(f"/fund/reports/{kept.name}?from=10/01/2026&to=10/31/2026")
        assert page.status_code == 200
        assert "does not tie" not in page.get_data(as_text=True)
    assert client.get("/fund/reports/nothing").status_code == 404


def test_a_filter_that_cannot_be_read_is_said_and_left_out(
    county: Flask, client: FlaskClient
) -> None:
    page = client.get("/fund/reports/trial-balance?from=soon&entry=x&account=5")
    assert page.status_code == 200
    assert "aria-invalid" in page.get_data(as_text=True)
    turned = client.get("/fund/reports/trial-balance?from=10/02/2026&to=10/01/2026")
    assert "not after the last one" in turned.get_data(as_text=True)


def test_a_report_is_taken_as_a_workbook_and_logged(
    county: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    address = "/fund/reports/accountability?from=10/01/2026&to=10/31/2026"
    first, second = (client.post(address).get_data() for _ in range(2))
    assert first == second
    book = load_workbook(io.BytesIO(first))
    found = dict(book["Schedule of accountability"].iter_rows(values_only=True))
    assert found["Ending"] == 128
    about = dict(list(book["About"].iter_rows(values_only=True))[1:])
    assert about["As of entry"] == "6"
    assert about["Ending less cash on hand"] == 0
    with county.app_context():
        runs = db.session.scalars(select(ExportRun)).all()
    assert [(run.kind, run.name) for run in runs] == [
        (FileKind.REPORT, "2026-10-31_accountability_ht-account.xlsx")
    ] * 2
    assert runs[0].sha256 == hashlib.sha256(first).hexdigest()
    assert runs[0].name in client.get("/fund/exports").text


def test_the_general_ledger_leads_from_page_to_page_and_a_long_one_to_the_exports(
    county: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with county.app_context(), transaction():
        for _each in range(50):
            months.interest(100)
    address = "/fund/reports/general-ledger?from=10/01/2026&to=10/31/2026"
    first, second = client.get(address).text, client.get(f"{address}&page=2").text
    assert "1–50 of 54" in first
    assert "General ledger · 1020 Cash with county treasurer · 10/01/2026" in first, "on paper"
    assert "51–54 of 54" in second
    assert "ties" in second
    assert "51" not in client.get(f"{address}&paper=1").text.split("1–54 of 54")[1][:40]
    monkeypatch.setitem(county.config, "EXPORT_AT_ONCE", 53)
    assert client.post(address).status_code == 409


def test_the_net_is_shared_by_those_who_entered_unless_they_are_few(session: Session) -> None:
    live()
    people = [make_debtor(first=f"Wren {n}", on=LAST)[0] for n in range(4)]
    make_receipt(people[0], 100_000, on=LAST)
    few = ask("per-participant").rows[1:4]
    assert all(row.cells[2] == HIDDEN for row in few)
    make_debtor(first="Wren last", on=LAST)
    found = ask("per-participant")
    assert cells(found, "Fees")[1:] == (Money(100_000), Money(20_000))
    assert cells(found, "Cost")[1:] == (Money(-400), Money(-80))
    assert cells(found, "Net")[1:] == (Money(99_600), Money(19_920))
    assert found.ties
