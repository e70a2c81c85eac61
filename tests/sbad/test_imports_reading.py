"""The county's own workbook says what it says, in whatever shape it comes."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diversion.core.workbooks import reading as workbooks
from diversion.enrollments.imports.lines import Fate
from diversion.enrollments.imports.lists import NotUnderstood
from diversion.sbad.imports import reading
from diversion.sbad.imports.payments import PaidBy
from diversion.sbad.imports.reading import Line, Reading
from tests.core.hostile import workbook

TODAY = date(2026, 11, 21)
BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "data"
COUNTY = Path(os.environ.get("DIVERSION_TEST_DATA", BESIDE))
CODES = {"English": "en", "Spanish": "es", "Russian": "ru", "Mandarin": "zh"}
YEAR = "Look at the year"
MARKS = {"Y": "here", "N": "absent", "excused": "excused", "": None}
METHODS = {
    "cash": PaidBy.CASH, "ck": PaidBy.CHECK, "MO": PaidBy.MONEY_ORDER, "card": PaidBy.CARD,
}  # fmt: skip
HEADER = ["Name", "DOB", "Case #", "Cite Date", "Phone", "Lang", "Class Date", "Attended", "Fee",
          "Paid", "Payments"]  # fmt: skip
HALE = ["Hale, Juniper", "4/2/1990", "26CR1", "1/5/26", "503-555-0100", "ENG", "4/6/2026", "Y",
        500, 150, "pd 2/1/26 $150 ck 12"]  # fmt: skip

needs_county = pytest.mark.skipif(not COUNTY.exists(), reason="the county's files are not here")


def read(*rows: list[object], title: str = "2026") -> Reading:
    return reading.read(workbooks.read(workbook(*rows, title=title)), today=TODAY)


def only(found: Reading) -> Line:
    (line,) = found.lines
    return line


def refusal(*row: object) -> str:
    line = only(read(HEADER, list(row)))
    assert line.fate is Fate.REFUSED
    return str(line.reason)


@pytest.fixture(scope="module")
def county() -> Reading:
    content = (COUNTY / "sbad_tracking.xlsx").read_bytes()
    return reading.read(workbooks.read(content), today=TODAY)


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((COUNTY / "expected.json").read_text(encoding="utf-8"))
    return found


def as_expected(lines: Iterator[Line]) -> Iterator[dict[str, Any]]:
    for line in lines:
        entry = line.entry
        assert entry is not None
        assert entry.fee is not None
        yield {
            "sheet": line.sheet, "row": line.row, "first": entry.first, "last": entry.last,
            "dob": entry.born, "case": entry.case, "cited": entry.cited_on, "phone": entry.phone,
            "language": entry.language, "class_on": entry.class_on, "attended": entry.attended,
            "fee_cents": entry.fee.cents, "paid_cents": entry.paid().cents,
            "payments": [
                (paid.paid_on, paid.amount.cents, paid.paid_by, paid.reference)
                for paid in entry.payments
            ],
        }  # fmt: skip


def typed(row: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(row[name]) for name in ("dob", "cited", "class_on")}
    paid = [
        (date.fromisoformat(p["on"]), p["cents"], METHODS[p["method"]], p["ref"])
        for p in row["payments"]
    ]
    return {
        **row, **days, "payments": paid, "language": CODES[row["language"]],
        "attended": MARKS[row["attended"]],
    }  # fmt: skip


@needs_county
def test_every_row_of_the_countys_workbook_is_read_as_it_is(
    county: Reading, expected: dict[str, Any]
) -> None:
    created = [line for line in county.lines if line.fate is Fate.CREATE]
    assert list(as_expected(iter(created))) == [typed(row) for row in expected["sbad"]]


@needs_county
def test_the_countys_workbook_ties_to_the_cent(county: Reading, expected: dict[str, Any]) -> None:
    entries = [line.entry for line in county.lines if line.fate is Fate.CREATE]
    known = [entry for entry in entries if entry is not None and entry.fee is not None]
    assert {
        "sbad_people": len(known),
        "fees_cents": sum(entry.fee.cents for entry in known if entry.fee),
        "paid_cents": sum(entry.paid().cents for entry in known),
        "payments": sum(len(entry.payments) for entry in known),
    } == {name: n for name, n in expected["totals"].items() if name != "community_court_people"}


@needs_county
def test_repeats_impossible_rows_and_totals_of_the_county_are_named(
    county: Reading, expected: dict[str, Any]
) -> None:
    found = {
        (line.sheet, line.row): line.fate for line in county.lines if line.fate is not Fate.CREATE
    }
    signs = {
        "repeats": Fate.REPEATS, "has an": Fate.REFUSED, "is a total": Fate.TOTAL,
    }  # fmt: skip
    said = {
        (note.split()[0], int(note.split()[2])): outcome
        for note in expected["notes"]
        for sign, outcome in signs.items()
        if sign in note
    }
    assert found == said
    assert county.left_out == ("Lists",)


def test_a_list_with_titles_blank_rows_and_a_total_is_read() -> None:
    found = read(
        ["SOME TITLE 2026"], [None], HEADER, HALE, [None], ["WREN, ADA", 32000, "26CR2"],
        [None, None, "TOTAL", None, None, None, None, None, None, "=SUM(J4:J6)"],
    )  # fmt: skip
    assert [line.fate for line in found.lines] == ["create", "create", "total"]
    assert [line.row for line in found.lines] == [4, 6, 7]
    assert found.lines[1].entry is not None
    assert (found.lines[1].entry.first, found.lines[1].entry.born) == ("Ada", date(1987, 8, 11))


def test_renamed_and_reordered_columns_with_other_dates_are_read_the_same() -> None:
    here = only(read(HEADER, HALE)).entry
    other = read(
        ["Payment history", "Surname", "Given name", "Cell", "Date of birth", "Court case number",
         "Citation date", "Idioma", "Session", "Present", "Total fee"],
        ["paid 01/02/2026 150.00 check #12", "Hale", "Juniper", 5035550100, "02/04/1990", "26cr1",
         "05/01/2026", "English", "2026-04-06", "yes", "$500.00"],
        ["", "Wren", "Ada", "", "25/12/1980", "26CR2"],
    )  # fmt: skip
    assert other.lines[0].entry == here


def test_columns_without_known_headers_are_known_by_their_content() -> None:
    found = read(
        ["Who", "DOB", "Docket", "Reach at", "Fee", "Class"],
        ["Hale, Juniper", "4/2/1990", "26CR00001", "(503) 555-0100", 500, "4/6/2026"],
        ["Wren, Ada", "5/2/1991", "26CR00002", "503.555.0101", 500, "4/6/2026"],
    )
    entries = [line.entry for line in found.lines if line.entry]
    assert [(e.last, e.case, e.phone) for e in entries] == [
        ("Hale", "26CR00001", "+15035550100"), ("Wren", "26CR00002", "+15035550101"),
    ]  # fmt: skip
    assert found.unread == ()


def test_columns_that_look_like_criminal_history_are_not_read() -> None:
    found = read([*HEADER, "Priors", "Shoe size"], [*HALE, "2 counts", 44])
    assert found.history == ("Priors",)
    assert found.unread == ("Shoe size",)


def test_a_person_on_two_rows_is_created_once() -> None:
    again = ["HALE, JUNIPER", "04/02/1990", "26CR1"]
    other_case = ["Hale, Juniper", "04/02/1990", "26CR7"]
    found = read(HEADER, HALE, again, other_case)
    assert [line.fate for line in found.lines] == ["create", "repeats", "repeats"]
    assert str(found.lines[1].reason) == "The same person as row 2."


def test_the_same_name_alone_does_not_make_one_person_of_two() -> None:
    found = read(HEADER, ["Hale, Juniper", "", "26CR1"], ["Hale, Juniper", "", "26CR2"])
    assert [line.fate for line in found.lines] == ["create", "create"]


def test_one_case_with_two_names_is_refused() -> None:
    found = read(HEADER, HALE, ["Wren, Ada", "4/2/1990", "26CR1"])
    assert found.lines[1].fate is Fate.REFUSED
    assert "another name" in str(found.lines[1].reason)


def test_a_row_that_comes_right_later_is_created() -> None:
    found = read(HEADER, ["Hale, Juniper", "13/45/1990", "26CR1"], HALE)
    assert [line.fate for line in found.lines] == ["refused", "create"]


@pytest.mark.parametrize(
    ("place", "value", "sign"),
    [
        (0, "=HYPERLINK(\"x\")", "not a name"), (0, "", "no name"), (0, "Cher", "first or a last"),
        (1, "13/45/1990", "not a date"), (1, "4/2/2020", YEAR),
        (3, "1/5/27", YEAR),
        (4, "555-01", "not a telephone"), (5, "Elvish", "language"), (7, "maybe", "attendance"),
        (6, "12/5/2026", "still to come"), (6, "", "has no date"), (8, "one thousand", "amount"),
        (8, "", "no fee"), (9, 200, "add up to $150.00"), (10, "half in cash", "not a payment"),
        (10, "pd 2/1/27 $150 cash", YEAR),
        (10, "pd 2/30/26 $150 cash", "not a date"), (10, "pd 2/1/26 $150 barter", "not a payment"),
        (10, "pd 2/1/26 $0 cash", "nothing"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_the_reason(
    place: int, value: object, sign: str
) -> None:
    row: list[object] = list(HALE)
    row[place] = value
    assert sign in refusal(*row)


def test_everything_that_is_wrong_with_a_row_is_said_at_once() -> None:
    said = refusal("Smyth-Bad, Row", "13/45/1990", "24CR99999", "", "", "", "", "", "one thousand")
    assert "“13/45/1990” is not a date" in said
    assert "“one thousand” is not an amount" in said


def test_neither_birth_date_nor_case_number_is_too_little() -> None:
    assert "neither" in refusal("Hale, Juniper", "", "")


def test_several_payments_in_one_cell_are_all_read() -> None:
    row = [*HALE[:9], "1,000.00", "pd 10/18/25 $100 ck 2890; pd 11/21/25 $250 MO 2278\n"
           "paid 1/1/26 $650 card"]  # fmt: skip
    entry = only(read(HEADER, row)).entry
    assert entry is not None
    assert [(p.amount.cents, p.paid_by, p.reference) for p in entry.payments] == [
        (10_000, PaidBy.CHECK, "2890"), (25_000, PaidBy.MONEY_ORDER, "2278"),
        (65_000, PaidBy.CARD, ""),
    ]  # fmt: skip


def test_a_file_without_a_list_is_refused_with_what_was_not_recognized() -> None:
    with pytest.raises(NotUnderstood, match="No header row"):
        read(["a", "b", "c"], [1, 2, 3], [4, 5, 6])
    with pytest.raises(NotUnderstood, match="Shoe size"):
        read(["Fee", "Paid", "Phone", "Shoe size"], [1, 1, "", 44], [4, 4, "", 43])
    with pytest.raises(NotUnderstood, match="No list of people"):
        read(["Y"], ["N"])
