"""Prove that the file of a closed month is made once and handed out again as it was."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from diversion.core.database import db
from diversion.fund.exports import services
from diversion.fund.exports.models import KeptExport
from diversion.fund.leaving.models import FileKind, Purpose
from diversion.ledger.commands import PeriodState
from diversion.staff.models import Staff
from tests.conftest import NOW
from tests.factories import fund
from tests.fund.closing import move
from tests.fund.month import FIRST, LAST, ZONE, build

NOVEMBER = 202611


def take(folder: Path, by: object, kind: FileKind = FileKind.WORKBOOK) -> bytes:
    built = build(folder, kind)
    services.log(built, Purpose.MONTH_CLOSE, by=by, now=NOW)  # type: ignore[arg-type]
    return built.path.read_bytes()


def kept() -> int:
    return db.session.scalar(select(func.count()).select_from(KeptExport)) or 0


@pytest.mark.parametrize("kind", list(FileKind))
def test_a_closed_month_is_handed_out_as_it_was(
    month: Staff, tmp_path: Path, kind: FileKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(NOVEMBER, PeriodState.CLOSED)
    first = take(tmp_path, month, kind)
    for writer in ("workbook", "csv_files", "journals"):
        monkeypatch.setattr(getattr(services, writer), "write", lambda *_a, **_k: 1 / 0)
    assert take(tmp_path, month, kind) == first
    assert kept() == 1


def test_what_was_posted_after_the_closing_is_not_in_the_file(month: Staff, tmp_path: Path) -> None:
    last = move(202610, PeriodState.CLOSED)
    fund.assess(7_001)
    october = date(2026, 10, 1), date(2026, 10, 31)
    built = services.make(services.as_of(FileKind.CSV_AUDIT, *october), zone=ZONE, folder=tmp_path)
    assert built.wanted.up_to == last
    assert built.closed


def test_what_is_kept_is_handed_out_at_once_however_long_it_is(
    month: Staff, tmp_path: Path
) -> None:
    move(NOVEMBER, PeriodState.CLOSED)
    asked = services.as_of(FileKind.WORKBOOK, FIRST, LAST)
    assert services.is_long(asked, 1)
    take(tmp_path, month)
    assert not services.is_long(asked, 1)


def test_an_open_month_is_made_anew_each_time(month: Staff, tmp_path: Path) -> None:
    take(tmp_path, month)
    assert kept() == 0


def test_a_month_that_was_opened_and_closed_anew_has_another_file(
    month: Staff, tmp_path: Path
) -> None:
    move(NOVEMBER, PeriodState.CLOSED)
    first = take(tmp_path, month)
    move(NOVEMBER, PeriodState.OPEN)
    fund.assess(7_002)
    move(NOVEMBER, PeriodState.CLOSED)
    assert take(tmp_path, month) != first
    assert kept() == 2


def test_what_is_kept_is_what_the_log_says(month: Staff, tmp_path: Path) -> None:
    move(NOVEMBER, PeriodState.CLOSED)
    take(tmp_path, month)
    row = db.session.scalars(select(KeptExport)).one()
    assert row.sha256 == hashlib.sha256(row.content).hexdigest()
    assert row.content == build(tmp_path).path.read_bytes()


@pytest.mark.parametrize(
    "statement", ["UPDATE kept_export SET lines = 1", "DELETE FROM kept_export"]
)
def test_a_kept_file_is_never_changed(month: Staff, tmp_path: Path, statement: str) -> None:
    move(NOVEMBER, PeriodState.CLOSED)
    take(tmp_path, month)
    with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(statement))
