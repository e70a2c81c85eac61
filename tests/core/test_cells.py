"""What people write into cells is understood, or refused with what to write instead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.core import cells, written_days
from diversion.core.cells import Misread
from diversion.core.money import Money
from diversion.core.workbooks.reading import NOTHING, Cell, Kind

LATEST = date(2031, 12, 31)


def text(written: str) -> Cell:
    return Cell(Kind.TEXT, written)


def number(digits: str) -> Cell:
    return Cell(Kind.NUMBER, digits)


@pytest.mark.parametrize(
    "cell",
    [
        Cell(Kind.DATE, "2024-12-05"), number("45631"), number("20241205"), text("20241205"),
        text("12/5/24"), text(" 12/05/2024 "), text("12-5-2024"), text("12.5.24"),
        text("2024-12-05"), text("Dec 05, 2024"), text("december 5 2024"), text("5-Dec-24"),
        text("5th Dec 2024"), text("2024-12-05 00:00:00"), text("Dec. 5th, 24"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_many_shapes(cell: Cell) -> None:
    assert cells.day(cell, latest=LATEST) == date(2024, 12, 5)


@given(st.dates(date(1930, 1, 1), date(2030, 12, 31)))
def test_every_written_day_comes_back(day: date) -> None:
    for written in (day.isoformat(), f"{day:%m/%d/%Y}", f"{day:%d-%b-%Y}", f"{day:%B %d, %Y}"):
        assert cells.day(text(written), latest=LATEST) == day
    serial = number(str((day - timedelta(0)).toordinal() - date(1899, 12, 30).toordinal()))
    assert cells.day(serial, latest=LATEST) == day


@pytest.mark.parametrize(
    "written",
    ["13/45/1990", "Nov 31, 2026", "Foo 3, 2026", "soon", "1/2", "0/0/00", "1/1/1850", "1/1/2032"],
)
def test_what_is_no_day_is_refused_and_quoted(written: str) -> None:
    with pytest.raises(Misread) as caught:
        cells.day(text(written), latest=LATEST)
    assert written in str(caught.value.sentence)
    assert written not in str(caught.value)


def test_two_digits_of_a_year_mean_the_latest_that_may_be() -> None:
    assert cells.day(text("8/1/73"), latest=date(2026, 1, 1)) == date(1973, 8, 1)
    assert cells.day(text("8/1/12"), latest=date(2010, 1, 1)) == date(1912, 8, 1)
    assert cells.day(text("8/1/30"), latest=LATEST) == date(2030, 8, 1)


def test_a_day_after_the_latest_is_refused() -> None:
    with pytest.raises(Misread, match="Look at the year"):
        cells.day(text("1/1/2050"), latest=LATEST)


def test_a_year_of_two_digits_never_slips_a_century() -> None:
    with pytest.raises(Misread, match="Look at the year"):
        cells.day(text("1/5/27"), latest=date(2026, 11, 21), earliest=date(2000, 1, 1))


def test_a_column_tells_whether_the_day_stands_first() -> None:
    assert written_days.writes_day_first([text("25/12/2024"), text("3/4/2024")])
    assert not written_days.writes_day_first([text("25/12/2024"), text("3/14/2024")])
    assert not written_days.writes_day_first([text("3/4/2024")])
    assert cells.day(text("25/12/2024"), latest=LATEST, day_first=True) == date(2024, 12, 25)


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        (number("1000"), 100_000), (number("0.1"), 10), (number("19.99"), 1_999),
        (text("$1,000.00"), 100_000), (text("250.00"), 25_000), (text("$ 750"), 75_000),
        (text("0"), 0), (number("0"), 0),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_cent(cell: Cell, cents: int) -> None:
    assert cells.money(cell) == Money(cents)


@pytest.mark.parametrize(
    "cell", [text("one thousand"), text("-5"), number("1.005"), text("1e9"), number("1e300")]
)
def test_what_is_no_amount_is_refused(cell: Cell) -> None:
    with pytest.raises(Misread):
        cells.money(cell)


@pytest.mark.parametrize("cell", [NOTHING, text("-"), text(" "), text("n/a")])
def test_nothing_written_is_nothing(cell: Cell) -> None:
    assert cells.money(cell) is cells.text(cell) is cells.day(cell, latest=LATEST) is None
    assert cells.person(cell) is cells.phone(cell) is cells.yes(cell) is None


@pytest.mark.parametrize(
    "cell",
    [number("5035550183"), text("(503) 555-0183"), text("503.555.0183"), text("+1 503-555-0183")],
)
def test_a_telephone_number_is_read_in_the_usual_shapes(cell: Cell) -> None:
    assert cells.phone(cell) == "+15035550183"


@pytest.mark.parametrize("written", ["555-0183", "503-555-018", "call his wife", "003-555-0183"])
def test_what_is_no_telephone_number_is_refused(written: str) -> None:
    with pytest.raises(Misread):
        cells.phone(text(written))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Curiel Mojica, José Luis", "José Luis", "Curiel Mojica"),
        ("Gabino Valdez Abreu", "Gabino", "Valdez Abreu"),
        ("O'MAY, SCOTT", "Scott", "O'May"),
        ("BALLESTEROS SAUCEDO, ADÁN", "Adán", "Ballesteros Saucedo"),
        ("Gilbert-Moore,  Matthew ", "Matthew", "Gilbert-Moore"),
    ],
)
def test_a_name_is_read_in_its_shapes(written: str, first: str, last: str) -> None:
    assert cells.person(text(written)) == (first, last)


@pytest.mark.parametrize(
    "cell",
    [
        Cell(Kind.FORMULA, "=SUM(A1)"), text("=cmd|' /C calc'!A0"), text("+1 Hale"), text("1234"),
        text("Hale"), text("Hale,"), number("12"), text("x" * 200), Cell(Kind.ERROR, "#N/A"),
    ],
)  # fmt: skip
def test_a_formula_is_no_name(cell: Cell) -> None:
    with pytest.raises(Misread):
        cells.person(cell)


def test_languages_yes_and_whole_numbers_are_read() -> None:
    assert [cells.language(text(said)) for said in ("SPA", "Mandarin", "ENG", "español")] == [
        "es", "zh", "en", "es",
    ]  # fmt: skip
    assert [cells.yes(text(said)) for said in ("Y", "sí", "x", "N")] == [True, True, True, False]
    assert cells.whole(number("8.0")) == 8
    for reader, said in ((cells.language, "Klingon"), (cells.yes, "maybe"), (cells.whole, "6 of")):
        with pytest.raises(Misread):
            reader(text(said))
