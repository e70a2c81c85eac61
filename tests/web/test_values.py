"""Values look the way people write them; files and downloads have plain names."""

import io
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask, render_template_string
from werkzeug.datastructures import FileStorage

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.web import downloads, filters, uploads
from diversion.web.languages import said


class Kind(StrEnum):
    MONEY_ORDER = "money_order"
    CHECK = "check"

    @property
    def words(self) -> Sentence | None:
        return _("Paper check") if self is Kind.CHECK else None


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # values touch no database


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Any:
    with app.test_request_context("/"), time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC)):
        yield


def test_days_and_instants_are_the_courts() -> None:
    assert filters.day(date(2026, 12, 1)) == "Tue, Dec 1"
    assert filters.day(date(2027, 1, 5)) == "Tue, Jan 5, 2027"
    assert filters.day_long(date(2026, 11, 24)) == "Tuesday, November 24"
    assert filters.day_table(date(2026, 11, 24)) == "11/24/2026"
    assert filters.moment(datetime(2026, 11, 25, 1, 5, tzinfo=UTC)) == "Tue, Nov 24, 5:05 PM"
    assert filters.clock_time(time(9, 0)) == "9:00 AM"


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        (datetime(2027, 3, 14, 9, 59, tzinfo=UTC), "Sun, Mar 14, 2027, 1:59 AM"),
        (datetime(2027, 3, 14, 10, 0, tzinfo=UTC), "Sun, Mar 14, 2027, 3:00 AM"),
        (datetime(2027, 11, 7, 8, 30, tzinfo=UTC), "Sun, Nov 7, 2027, 1:30 AM"),
        (datetime(2027, 11, 7, 9, 30, tzinfo=UTC), "Sun, Nov 7, 2027, 1:30 AM"),
    ],
)
def test_instants_cross_both_clock_changes_re_11(instant: datetime, shown: str) -> None:
    assert filters.moment(instant) == shown


def test_money_phones_numbers_and_codes() -> None:
    assert filters.money(Money(-5000)) == "−$50.00"
    assert filters.phone("+15035550142") == "503-555-0142"
    assert filters.phone("+528112345678").startswith("+52 ")
    assert filters.phone("not a phone") == "not a phone"
    assert filters.phone_end("+15035550142") == "0142"
    assert filters.number(12345) == "12,345"
    assert str(filters.words(Kind.MONEY_ORDER)) == "Money order"
    assert str(filters.words(Kind.CHECK)) == "Paper check"


def test_a_sentence_is_translated_wherever_a_template_shows_it() -> None:
    inner = _("{part} of {whole}", part=1, whole=2)
    outer = _("Done: {what} <b>", what=inner)
    assert said(outer) == "Done: 1 of 2 <b>"
    assert render_template_string("{{ s }}", s=outer) == "Done: 1 of 2 &lt;b&gt;"


def test_a_download_has_a_plain_name_and_is_kept_nowhere(tmp_path: Path) -> None:
    answer = downloads.send(b"x", "R-2026-000231_receipt.pdf")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="R-2026-000231_receipt.pdf"'
    )
    path = tmp_path / "month.xlsx"
    path.write_bytes(b"PK" * 100_000)
    long = downloads.send(path, "2026-11_ledger.xlsx")
    assert (long.headers["Content-Length"], long.mimetype) == ("200000", downloads.WORKBOOK)
    assert long.get_data() == path.read_bytes()
    long.close()


@pytest.mark.parametrize("name", ["Hale, Juniper.pdf", "../x.csv", "a\r\nb.csv", "x.exe", "é.csv"])
def test_other_names_are_refused_co_09(name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        downloads.send(b"", name)


def test_an_upload_is_read_within_bounds() -> None:
    assert uploads.taken(FileStorage(io.BytesIO(b"abc")), at_most=3) == b"abc"
    with pytest.raises(uploads.TooLarge):
        uploads.taken(FileStorage(io.BytesIO(b"abcd")), at_most=3)
    for nothing in (None, FileStorage(io.BytesIO())):
        with pytest.raises(uploads.NoFile) as no:
            uploads.taken(nothing, field="workbook")
        assert no.value.field == "workbook"
