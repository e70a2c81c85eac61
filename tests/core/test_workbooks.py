"""A file from outside is read as it is, or refused in seconds with a sentence."""

import resource
import secrets
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from diversion.core.workbooks import reading, sheets
from diversion.core.workbooks.limits import CHILD_SECONDS, MAX_BYTES, Why
from diversion.core.workbooks.reading import Cell, Kind, Row, Unreadable, read
from diversion.core.workbooks.writing import csv_text, text_cell
from tests.core.hostile import SHEET, changed, declaring, sharing, sheet_xml, workbook
from tests.reader import ask_anew

PLAIN = workbook(["Name", "Born"], ["Hale, Juniper", datetime(1990, 4, 2)], ["=1+1", 12.5])  # noqa: DTZ001
ONE = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'


@pytest.fixture(autouse=True)
def _a_process_for_each_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the process itself is asked; elsewhere the tests share one."""
    monkeypatch.setattr(reading, "_ask_child", ask_anew)


def refusal_of(content: bytes) -> Why:
    """Read what must be refused: long before its time is up, counted in processor seconds."""
    begun = _spent()
    with pytest.raises(Unreadable) as caught:
        read(content)
    assert _spent() - begun < CHILD_SECONDS * 2 / 3
    assert str(caught.value).endswith(".")
    return caught.value.why


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def test_cells_keep_their_types_and_a_formula_is_only_its_text() -> None:
    (sheet,) = read(PLAIN)
    assert sheet.name == "2026"
    assert sheet.rows[1] == Row(
        2, (Cell(Kind.TEXT, "Hale, Juniper"), Cell(Kind.DATE, "1990-04-02"))
    )
    assert sheet.rows[2].cells == (Cell(Kind.FORMULA, "=1+1"), Cell(Kind.NUMBER, "12.5"))
    assert not sheet.rows[2].at(7)


def test_text_that_begins_like_a_formula_stays_text() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("a")
    sheet.append([text_cell(sheet, "=cmd()"), text_cell(sheet, "-Hale\x07")])
    page = BytesIO()
    book.save(page)
    (found,) = read(page.getvalue())
    assert found.rows[0].cells == (Cell(Kind.TEXT, "=cmd()"), Cell(Kind.TEXT, "-Hale"))


@pytest.mark.parametrize(
    "content",
    [
        "Name;Case\r\nPeña, Ana;26CR1\r\n".encode("cp1252"),
        "Name,Case\r\n\"Peña, Ana\",26CR1\r\n".encode(),
        "\ufeffName\tCase\nPeña, Ana\t26CR1\n".encode(),
        "Name|Case\nPeña, Ana|26CR1\n".encode("utf-16"),
    ],
)  # fmt: skip
def test_a_csv_is_read_in_the_usual_encodings_and_with_the_usual_signs(content: bytes) -> None:
    (sheet,) = read(content)
    assert [cell.text for cell in sheet.rows[1].cells] == ["Peña, Ana", "26CR1"]
    assert sheet.rows[1].number == 2


def test_a_formula_in_a_csv_is_known_as_one() -> None:
    (sheet,) = read(b"Name,Case\n=HYPERLINK(1),26CR1\n")
    assert sheet.rows[1].at(0).kind is Kind.FORMULA


def test_a_zip_bomb_is_refused_wb_08() -> None:
    bomb = changed(PLAIN, {SHEET: sheet_xml(ONE + " " * 45_000_000)})
    assert len(bomb) < MAX_BYTES
    assert refusal_of(bomb) is Why.RATIO


def test_a_huge_declared_size_is_refused_wb_08() -> None:
    assert refusal_of(declaring(PLAIN, SHEET, 3_000_000_000)) is Why.TOO_LARGE


def test_a_size_declared_too_small_reads_no_further_than_declared_wb_08() -> None:
    large = changed(PLAIN, {SHEET: sheet_xml(ONE + " " * 300_000)})
    assert refusal_of(declaring(large, SHEET, 200)) is Why.BROKEN


def test_too_many_parts_are_refused_wb_08() -> None:
    parts = {f"xl/media/{n}.xml": b"<a/>" for n in range(60)}
    assert refusal_of(changed(PLAIN, parts)) is Why.TOO_MANY_MEMBERS


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_external_entities_are_refused_wb_08(before: str) -> None:
    body = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'
    hostile = changed(PLAIN, {SHEET: sheet_xml(body, before)})
    assert refusal_of(hostile) is Why.DECLARATION


def test_a_document_type_in_another_encoding_is_refused_too_wb_08() -> None:
    text = sheet_xml(ONE, '<!DOCTYPE x [<!ENTITY a "b">]>').decode().replace("UTF-8", "UTF-16")
    hostile = changed(PLAIN, {SHEET: text.encode("utf-16")})
    assert refusal_of(hostile) is Why.DECLARATION


def test_links_and_macros_are_refused_wb_08() -> None:
    assert refusal_of(changed(PLAIN, {"xl/externalLinks/externalLink1.xml": b"<a/>"})) is Why.LINKS
    assert refusal_of(changed(PLAIN, {"xl/vbaProject.bin": b"x"})) is Why.MACRO


def test_what_a_sheet_says_of_its_own_size_is_not_believed_wb_08() -> None:
    lying = sheet_xml(ONE, dimension="A1:XFD1048576")
    (sheet,) = read(changed(PLAIN, {SHEET: lying}))
    assert [row.number for row in sheet.rows] == [1]


def test_a_row_far_below_and_a_cell_far_right_are_refused_wb_08() -> None:
    far = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    right = '<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
    for body, why in ((far, Why.TOO_MANY_ROWS), (right, Why.TOO_MANY_COLUMNS)):
        assert refusal_of(changed(PLAIN, {SHEET: sheet_xml(body)})) is why


def test_one_long_text_in_very_many_cells_is_refused_wb_08() -> None:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    text = f"<si><t>{'x' * 3_999}</t></si>"
    book = sharing(changed(PLAIN, {SHEET: sheet_xml(row * 400)}), text)
    assert refusal_of(book) is Why.TOO_LARGE


def test_the_reading_process_is_poor_in_memory_wb_08() -> None:
    # Very many empty cells and one long text in a row, and noise: inside all limits of size.
    # A single wide sign makes each of the others take four bytes.
    noise = secrets.token_hex(400_000)
    text = "x" * 42_000_000 + "\N{GRINNING FACE}"
    cells = "<c/>" * 1_500_000 + f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    hostile = changed(PLAIN, {SHEET: sheet_xml(f"<!-- {noise} --><row>{cells}</row>")})
    assert refusal_of(hostile) is Why.TOO_COSTLY


def test_a_reading_that_hangs_is_ended_wb_08(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHILD_SECONDS", -4.99)
    with pytest.raises(Unreadable) as caught:
        read(PLAIN)
    assert caught.value.why is Why.TOO_COSTLY


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (b"  \n", Why.EMPTY),
        (b"\xd0\xcf\x11\xe0rest", Why.OLD_FORMAT),
        (b"PK\x03\x04 and no more", Why.BROKEN),
        (b"%PDF-1.7\n\0\0", Why.NOT_A_TABLE),
        (b"x" * (MAX_BYTES + 1), Why.TOO_LARGE),
        ((",".join("abc" for _ in range(61))).encode(), Why.TOO_MANY_COLUMNS),
        (b"a,b\n" * 20_001, Why.TOO_MANY_ROWS),
        (b"a," + b"b" * 5000, Why.CELL_TOO_LONG),
        (changed(PLAIN, {"xl/workbook.xml": None}), Why.BROKEN),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence_wb_08(content: bytes, why: Why) -> None:
    assert refusal_of(content) is why


@given(st.text(max_size=20))
def test_no_text_in_a_csv_begins_a_formula_wb_10(text: str) -> None:
    written = csv_text(text)
    assert written in {text, f"'{text}"}
    assert written.lstrip(" \ufeff")[:1] not in set("=+-@\t\r\0")


@pytest.mark.parametrize("text", ["=1", " =1", "＝1", "\ufeff@x", "+1 503-555-0100", "-Hale"])
def test_each_sign_of_a_formula_gets_an_apostrophe_wb_10(text: str) -> None:
    assert csv_text(text) == f"'{text}"


def test_a_workbook_that_was_written_safely_holds_no_formula_wb_10() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("a")
    sheet.append([text_cell(sheet, sign + "x") for sign in "=+-@"])
    page = BytesIO()
    book.save(page)
    found = load_workbook(BytesIO(page.getvalue()))["a"]
    assert {cell.data_type for cell in found[1]} == {"s"}


def test_a_sheet_gets_no_more_rows_than_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(sheets.SheetFull), sheets.new_book() as book:
        sheet = sheets.Sheet(book, "Receipts", [sheets.Column("Number")])
        for number in "123":
            sheet.append((number,))
    assert sheet.rows == 2
