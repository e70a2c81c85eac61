"""Prove that the month's workbook ties to the ledger, and that a changed cell shows."""

import re
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.workbooks import long, packing
from diversion.core.workbooks.sheets import Column, Kind, Sheet
from diversion.core.workbooks.writing import printable
from diversion.fund.exports import control, workbook
from diversion.ledger import extracts, queries
from diversion.ledger import services as books
from diversion.ledger.commands import OWN_RECEIPT, Command, Mode, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from tests.conftest import NOW
from tests.factories import fees, fund
from tests.factories.participants import make_participant
from tests.fund.formulas import Calculator
from tests.fund.month import ZONE, build, opened, texts
from tests.ledger.histories import History

SHEETS = [
    "Control", "Trial balance", "Journal", "Receipts", "Deposits", "Receivables aging",
    "Adjustments", "Disbursements", "Schedule of accountability", "Budget", "Bank rec", "Periods",
    "Read me",
]  # fmt: skip


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    """The month's workbook as it was written first on each engine."""
    return {}


@pytest.fixture
def book(
    request: pytest.FixtureRequest, engine_name: str, written: dict[str, bytes], tmp_path: Path
) -> Workbook:
    """The workbook of the lively month, opened anew: the test may change it."""
    if engine_name not in written:
        request.getfixturevalue("month")
        written[engine_name] = build(tmp_path).path.read_bytes()
    return load_workbook(BytesIO(written[engine_name]))


def ties(book: Workbook) -> tuple[bool, list[str]]:
    """Return whether the workbook says that it ties, and the items that do not."""
    sheet, calculator = book["Control"], Calculator(book)
    wrong = [
        str(row[0].value)
        for row in sheet.iter_rows(min_row=2)
        if row[4].data_type == "f" and calculator.value(sheet, row[5].coordinate) is not True
    ]
    cell = next(row[2] for row in sheet.iter_rows() if row[0].value == control.TIES)
    return calculator.value(sheet, cell.coordinate), wrong


def test_the_workbook_ties(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert ties(book) == (True, [])


def test_the_program_adds_up_what_the_formulas_do(book: Workbook) -> None:
    sheet, calculator = book["Control"], Calculator(book)
    compared = 0
    for row in sheet.iter_rows(min_row=2):
        if row[4].data_type == "f":
            computed = calculator.value(sheet, row[2].coordinate)
            assert round(computed, 2) == row[3].value == row[1].value, row[0].value
            compared += 1
    assert compared > 15


CELLS = [
    ("Journal", "Debit", 2), ("Journal", "Account", 3), ("Journal", "Entry", 2),
    ("Journal", "Line", 2), ("Trial balance", "Opening", 2), ("Trial balance", "Closing", 3),
    ("Receipts", "Amount", 3), ("Receipts", "No. in series", 2), ("Deposits", "Total", 2),
    ("Receivables aging", "Balance", 2), ("Schedule of accountability", "Amount", 10),
]  # fmt: skip


def test_each_changed_cell_breaks_the_tie(book: Workbook) -> None:
    for sheet, heading, row in CELLS:
        there = book[sheet]
        column = next(cell.column for cell in there[1] if cell.value == heading)
        place = next(
            n for n in range(row, there.max_row + 1) if there.cell(n, column).value is not None
        )
        cell = there.cell(place, column)
        as_it_was = cell.value
        cell.value = 999 if heading == "No. in series" else as_it_was + _other(heading)
        tied, wrong = ties(book)
        assert not tied, (sheet, heading)
        assert wrong, (sheet, heading)
        cell.value = as_it_was
    assert ties(book) == (True, [])


def _other(heading: str) -> float:
    return 900 if heading in ("Account", "Entry", "Line") else 0.01


def test_a_long_journal_goes_on_in_another_sheet_and_ties(
    month: Staff, book: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(book["Journal"].iter_rows(2, values_only=True))
    monkeypatch.setattr(long, "MOST_ROWS", 7)
    book = opened(tmp_path)
    parts = [book[name] for name in book.sheetnames if name.startswith("Journal")]
    assert [part.title for part in parts[:2]] == ["Journal", "Journal 2"]
    assert [row for part in parts for row in part.iter_rows(2, values_only=True)] == whole
    assert {part.max_row for part in parts[:-1]} == {8}
    assert ties(book) == (True, [])
    parts[-1].delete_rows(2)
    assert not ties(book)[0]


def test_a_missing_line_breaks_the_tie(book: Workbook) -> None:
    book["Journal"].delete_rows(5)
    assert not ties(book)[0]


def test_a_book_that_does_not_tie_is_not_handed_out(
    month: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_sums = extracts.sums

    def false_sums(wanted: extracts.Range) -> extracts.Sums:
        found = true_sums(wanted)
        return extracts.Sums(**{**vars(found), "debits": found.debits + Money(1)})

    monkeypatch.setattr(extracts, "sums", false_sums)
    with pytest.raises(control.DoesNotTie):
        build(tmp_path)


def test_an_empty_month_ties(session: Session, tmp_path: Path) -> None:
    assert ties(opened(tmp_path)) == (True, [])


def test_sheets_look_as_accountants_expect(book: Workbook) -> None:
    for sheet in book:
        assert all(cell.font.b and cell.fill.fill_type == "solid" for cell in sheet[1])
        assert sheet.freeze_panes in {"A2", "C2"}
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
    journal = {cell.value: sheet_cell for cell, sheet_cell in zip(*_two_rows(book), strict=True)}
    assert isinstance(journal["Effective date"].value, datetime)
    assert journal["Effective date"].number_format == "yyyy-mm-dd"
    assert journal["Amount cents"].number_format == "0"
    assert journal["Entered by"].number_format == "@"
    assert {journal["Debit"].number_format, journal["Credit"].number_format} >= {
        "#,##0.00;[Red](#,##0.00);-"
    }


def _two_rows(book: Workbook) -> list[Any]:
    return list(book["Journal"].iter_rows(min_row=1, max_row=2))


def test_the_receipts_say_how_each_ended(book: Workbook) -> None:
    sheet = book["Receipts"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, (c.value for c in row), strict=True)) for row in sheet.iter_rows(2)]
    assert [row["Status"] for row in rows] == ["ok"] * 5 + ["void"]
    assert rows[0]["Deposit no."] == "D-2026-0001"
    assert "Drawer" in heads
    assert rows[0]["Days to deposit"] == 4
    assert rows[3]["Deposit no."] is None, "a card is settled, not deposited"
    assert rows[5]["Voided by"] == "Helen Park"


def test_the_same_entry_gives_the_same_bytes_at_any_hour(month: Staff, tmp_path: Path) -> None:
    first = build(tmp_path).path.read_bytes()
    later = NOW + timedelta(days=40)
    fees.make_plan(db.session.scalars(select(Participant)).all()[0], 4, by=month, now=later)
    with time_machine.travel(later):
        second = build(tmp_path).path.read_bytes()
    assert first == second


def test_later_entries_change_nothing_of_an_earlier_book(month: Staff, tmp_path: Path) -> None:
    head = queries.head()
    wanted = extracts.Range(date(2026, 11, 1), date(2026, 11, 30), head.number)
    workbook.write(tmp_path / "a.xlsx", wanted, head, ZONE)
    fund.assess(7_001)
    fund.take(55, by=9_000_900)
    workbook.write(tmp_path / "b.xlsx", wanted, head, ZONE)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_reading_in_small_pieces_gives_the_same_book(
    month: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = build(tmp_path).path.read_bytes()
    monkeypatch.setattr(extracts, "CHUNK", 3)
    assert build(tmp_path).path.read_bytes() == whole


def test_no_file_holds_a_name_of_a_participant_co_09(month: Staff, tmp_path: Path) -> None:
    fee = Money(100)
    lines = [debit(1200, fee, 88), credit(2500, fee, 88)]
    command = Command(Event.ASSESS, lines, memo="for Zephyrine Quillfeather")
    books.post(command, key="memo", by=7, on=date(2026, 11, 20), now=NOW)
    contents = texts(build(tmp_path).path)
    assert b"26-0001-7" in contents, "the participant's number is there"
    assert not re.search(b"(?i)zephyrine|quillfeather", contents)


def test_no_file_holds_a_number_of_the_other_side(session: Session, tmp_path: Path) -> None:
    person = make_participant(Track.COMMUNITY_COURT)
    fees.make_debtor()
    amount = Money(500)
    lines = [debit(1010, amount, OWN_RECEIPT), credit(2100, amount, person.id)]
    tender = Tender("M-2026-", Mode.CASH, amount)
    command = Command(Event.RECEIPT, lines, tender=tender)
    books.post(command, key="other", by=7, on=date(2026, 11, 20), now=NOW)
    contents = texts(build(tmp_path).path)
    assert person.number.encode() not in contents


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=40), st.text("=+-@\t|%'0aZ\n ", max_size=12)), max_size=8)
)
def test_text_is_text_whatever_it_begins_with_wb_10(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("text") / "text.xlsx"
    book = Workbook(write_only=True)
    sheet = Sheet(book, "Text", (Column("One"), Column("Two")))
    for row in rows:
        sheet.append(row)
    sheet.close()
    packing.save(book, path, NOW)
    read = list(load_workbook(path)["Text"].iter_rows(min_row=2))
    for cells, row in zip(read, rows, strict=False):
        for cell, text in zip(cells, row, strict=True):
            assert cell.data_type in {"s", "n", "inlineStr"}
            assert cell.data_type != "n" or cell.value is None
            assert _lines(cell.value or "") == _lines(printable(text))


def _lines(text: str) -> str:
    """XML knows one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_dollars_in_cells_are_exact_to_the_cent(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = Sheet(book, "Money", (Column("Dollars", Kind.MONEY),))
    amounts = [1, 10, 99, 100, 12_345, -7, 10**11, 99_999_999_999, -(10**11)]
    for cents in amounts:
        sheet.append((Money(cents),))
    sheet.close()
    packing.save(book, tmp_path / "money.xlsx", NOW)
    read = load_workbook(tmp_path / "money.xlsx")["Money"]
    assert [round(cell.value * 100) for (cell,) in read.iter_rows(min_row=2)] == amounts


def test_a_lively_year_ties_with_every_sheet(session: Session, tmp_path: Path) -> None:
    History(11).live(80)
    head = queries.head()
    wanted = extracts.Range(date(2026, 6, 1), date(2026, 11, 30), head.number)
    workbook.write(tmp_path / "year.xlsx", wanted, head, ZONE)
    book = load_workbook(tmp_path / "year.xlsx")
    assert book.sheetnames == [*SHEETS[:-1], "Statutory fee", SHEETS[-1]]
    assert ties(book) == (True, [])
    filled = {sheet.title: sheet.max_row - 1 for sheet in book}
    assert min(filled[name] for name in ("Adjustments", "Disbursements", "Statutory fee")) > 0
    assert filled["Periods"] > 2
