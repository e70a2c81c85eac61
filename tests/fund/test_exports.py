"""Prove what the journal's files hold, and that none leaves without its row in the log."""

import csv
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.exports import services
from diversion.fund.leaving.models import ExportRun, FileKind, Purpose
from diversion.ledger import chain, queries
from diversion.ledger import services as books
from diversion.ledger.commands import Command, Line, credit, debit
from diversion.ledger.events import Event
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.staff import make_staff
from tests.fund.month import FIRST, LAST, ZONE, bank, build, live, texts

CSV_KINDS = (FileKind.CSV_AUDIT, FileKind.CSV_SPREADSHEET)


def read(path: Path) -> tuple[list[dict[str, str]], dict[str, Any], bytes]:
    with ZipFile(path) as packed:
        names = packed.namelist()
        page, control = (packed.read(name) for name in names[:2])
    assert [name.partition(".")[2] for name in names][:2] == ["csv", "control.json"]
    rows = list(csv.DictReader(StringIO(page.decode("utf-8-sig"), newline="")))
    return rows, json.loads(control), page


@pytest.mark.parametrize("kind", CSV_KINDS)
def test_the_control_totals_are_those_of_the_rows(
    month: Staff, tmp_path: Path, kind: FileKind
) -> None:
    rows, control, page = read(build(tmp_path, kind).path)
    assert control["rows"] == len(rows)
    assert control["debits_cents"] == sum(max(int(r["amount_cents"]), 0) for r in rows)
    assert control["credits_cents"] == control["debits_cents"]
    assert control["first_entry"] == int(rows[0]["entry"])
    assert control["last_entry"] == int(rows[-1]["entry"])
    assert control["chain_hash"] == queries.head().hash
    assert control["sha256_of_csv"] == hashlib.sha256(page).hexdigest()
    assert page.count(b"\r\n") == len(rows) + 1


def test_the_auditors_file_holds_all_that_the_chain_covers(month: Staff, tmp_path: Path) -> None:
    rows, _control, page = read(build(tmp_path, FileKind.CSV_AUDIT).path)
    assert not page.startswith(b"\xef\xbb\xbf")
    for _number, lines in groupby(rows, key=lambda row: row["entry"]):
        assert_sealed(list(lines))


def assert_sealed(rows: list[dict[str, str]]) -> None:
    """Compute the hash of one entry from its rows alone."""
    r = rows[0]
    sealed = chain.Sealed(
        int(r["entry"]), r["key"], r["request_hash"], r["event"], r["doc"],
        date.fromisoformat(r["effective_date"]),
        datetime.strptime(r["posted_utc"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        int(r["period"]), int(r["actor"]), int(r["approver"]) if r["approver"] else None,
        int(r["reverses"]) if r["reverses"] else None, r["memo_hash"], int(r["lines"]),
        int(r["total_cents"]),
    )  # fmt: skip
    lines = [
        Line(int(x["account"]), int(x["amount_cents"]), int(x["sub_key"]), int(x["earmark"]))
        for x in rows
    ]
    assert chain.link(r["prev"], chain.canonical(sealed, lines)) == r["hash"]


def test_dangerous_text_is_guarded_for_spreadsheets_and_true_for_auditors(
    session: Session, tmp_path: Path
) -> None:
    amount = Money(100)
    lines = [debit(1200, amount, 5), credit(2500, amount, 5)]
    books.post(
        Command(Event.ASSESS, lines, doc="=1+1"), key="x", by=7, on=date(2026, 11, 3), now=NOW
    )
    guarded, _c, page = read(build(tmp_path, FileKind.CSV_SPREADSHEET).path)
    plain, *_rest = read(build(tmp_path, FileKind.CSV_AUDIT).path)
    assert page.startswith(b"\xef\xbb\xbf")
    assert {row["doc"] for row in guarded} == {"'=1+1"}
    assert {row["doc"] for row in plain} == {"=1+1"}
    assert {row["credit"] for row in guarded} == {"", "1.00"}


@pytest.mark.parametrize("kind", CSV_KINDS)
def test_no_journal_holds_a_name_of_a_participant_co_09(
    month: Staff, tmp_path: Path, kind: FileKind
) -> None:
    contents = texts(build(tmp_path, kind).path).lower()
    assert b"26-0001-7" in contents
    assert b"zephyrine" not in contents
    assert b"quillfeather" not in contents


@pytest.mark.parametrize("kind", list(FileKind))
def test_the_same_entry_gives_the_same_file(month: Staff, tmp_path: Path, kind: FileKind) -> None:
    first = build(tmp_path, kind).path.read_bytes()
    with time_machine.travel(NOW + timedelta(hours=30)):
        assert build(tmp_path, kind).path.read_bytes() == first


def test_the_log_says_exactly_which_file_left(month: Staff, tmp_path: Path) -> None:
    built = build(tmp_path)
    services.log(built, Purpose.AUDIT, by=month, now=NOW)
    run = db.session.scalars(select(ExportRun)).one()
    assert run.sha256 == hashlib.sha256(built.path.read_bytes()).hexdigest()
    assert run.size == len(built.path.read_bytes())
    assert (run.last_entry, run.chain_hash) == (queries.head().number, queries.head().hash)
    assert (run.first_on, run.last_on, run.staff_id) == (FIRST, LAST, month.id)


def test_five_files_an_hour_and_no_more_wb_15(session: Session, tmp_path: Path) -> None:
    by, other = make_staff(Role.AUDITOR), make_staff(Role.AUDITOR)
    built = build(tmp_path)
    for minute in range(5):
        services.log(built, Purpose.AUDIT, by=by, now=NOW + timedelta(minutes=minute))
    with pytest.raises(services.TooMany):
        services.log(built, Purpose.AUDIT, by=by, now=NOW + timedelta(minutes=59))
    services.log(built, Purpose.AUDIT, by=other, now=NOW + timedelta(minutes=59))
    services.log(built, Purpose.AUDIT, by=by, now=NOW + timedelta(minutes=61))


def test_a_file_is_long_from_one_line_more_than_may_be(month: Staff, tmp_path: Path) -> None:
    wanted = services.as_of(FileKind.WORKBOOK, FIRST, LAST)
    lines = build(tmp_path).lines
    assert services.is_long(wanted, lines - 1)
    assert not services.is_long(wanted, lines)


def test_the_statements_of_a_file_do_not_grow_with_its_lines(month: Staff, tmp_path: Path) -> None:
    few = {kind: _statements(tmp_path, kind) for kind in FileKind}
    bank(live(people=6, days=9), date(2026, 11, 18))
    assert {kind: _statements(tmp_path, kind) for kind in FileKind} == few


def _statements(folder: Path, kind: FileKind) -> int:
    db.session.flush()
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        services.make(services.as_of(kind, FIRST, LAST), zone=ZONE, folder=folder)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
