"""A long file is made by a job: once, of the moment it was asked for, and whole or not at all."""

import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest
import time_machine
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from diversion.core import leases
from diversion.core.database import db, transaction
from diversion.core.envelopes import Tampered
from diversion.core.workbooks import long
from diversion.fund.exports import services as exports
from diversion.fund.exports.asked import jobs, making, pieces, queries, services, turns
from diversion.fund.exports.asked.models import AskedFile, FileAsker, FilePiece, FileState
from diversion.fund.leaving.models import FileKind, Purpose
from diversion.ledger import extracts
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import fund
from tests.factories.staff import make_staff
from tests.fund.month import APPROVER, FIRST, LAST, ZONE, live


@pytest.fixture(autouse=True)
def _small(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a month of some lines be as long as one of many."""
    monkeypatch.setattr(extracts, "CHUNK", 2)
    monkeypatch.setattr(pieces, "PIECE", 1_000)
    with app.app_context(), transaction():
        make_staff(Role.FINANCE_APPROVER, name=APPROVER)
        for day in range(3):
            fund.take(55, by=9_000_900, on=FIRST + timedelta(days=day))


def ask(kind: FileKind = FileKind.CSV_AUDIT, by: Staff | None = None) -> int:
    """Ask for November, in an application context."""
    with transaction():
        by = by or db.session.scalars(select(Staff).where(Staff.name == APPROVER)).first()
        assert by
        wanted = exports.as_of(kind, FIRST, LAST)
        return services.ask(wanted, Purpose.AUDIT, by=by, now=NOW).id


def file(file_id: int) -> AskedFile:
    return db.session.get_one(AskedFile, file_id, populate_existing=True)


def content(file_id: int, folder: Path) -> bytes:
    pieces.unseal(file(file_id), folder / "opened.xlsx")
    return (folder / "opened.xlsx").read_bytes()


@pytest.mark.parametrize("kind", [FileKind.WORKBOOK, FileKind.JOURNALS])
def test_the_file_is_that_of_the_moment_it_was_asked_for(
    app: Flask, tmp_path: Path, kind: FileKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long, "MOST_ROWS", 7)
    with app.app_context():
        with transaction():
            live()
        at_once = exports.make(exports.as_of(kind, FIRST, LAST), zone=ZONE, folder=tmp_path)
        asked = ask(kind)
        with transaction():
            fund.take(55, by=9_000_900)
        jobs.make_asked_files()
        assert content(asked, tmp_path) == at_once.path.read_bytes()
        if kind is FileKind.WORKBOOK:
            assert "Journal 2" in load_workbook(tmp_path / "opened.xlsx").sheetnames
        made = file(asked)
        assert (made.state, made.name, made.lines) == ("ready", at_once.name, at_once.lines)
        assert made.read == made.rows > 0
        assert at_once.path.read_bytes()[:4] not in db.session.scalar(select(FilePiece.sealed))
        assert not (Path(app.config["DATA_FOLDER"]) / "exports").exists()


def test_the_same_is_made_once_for_all_who_ask(app: Flask) -> None:
    with app.app_context():
        with transaction():
            noor = make_staff(Role.AUDITOR)
        first = ask()
        assert ask() == ask(by=noor) == first
        assert ask(FileKind.JOURNALS) != first
        assert db.session.scalar(select(func.count()).select_from(FileAsker)) == 3
        with transaction():
            fund.take(55, by=9_000_900)
        assert ask() != first


def test_progress_is_said_in_few_writes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[int] = []
    true_change = services.change

    def change(file_id: int, number: int, /, **values: int) -> bool:
        said.extend(n for name, n in values.items() if name == "read")
        return true_change(file_id, number, **values)

    monkeypatch.setattr(services, "change", change)
    monkeypatch.setattr(making, "STEPS", 3)
    with app.app_context():
        asked = ask(FileKind.WORKBOOK)
        jobs.make_asked_files()
        rows = file(asked).rows
    assert len(said) in {3, 4, 5}
    assert said == sorted(said)
    assert 0 < said[0] < said[-1] == rows


def test_a_killed_job_leaves_nothing_half_and_begins_anew(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        asked = ask()
        db.session.remove()
    child = os.fork()
    if not child:
        _die_half_way(app)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with app.app_context():
        assert file(asked).state is FileState.MAKING
        assert db.session.scalar(select(func.count()).select_from(FilePiece)) == 1
        db.session.rollback()
        jobs.make_asked_files()
        assert (file(asked).state, file(asked).turn) == (FileState.READY, 2)
        at_once = exports.make(
            exports.as_of(FileKind.CSV_AUDIT, FIRST, LAST), zone=ZONE, folder=tmp_path
        )
        assert content(asked, tmp_path) == at_once.path.read_bytes()


def _die_half_way(app: Flask) -> NoReturn:
    """Make the file in a process that is killed after the first piece of it."""

    def seal(*what: object) -> None:
        if what[1] == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        true_seal(*what)  # type: ignore[arg-type]

    true_seal, pieces.seal = pieces.seal, seal  # type: ignore[assignment]
    try:
        with app.app_context():
            db.engine.dispose(close=False)
            jobs.make_asked_files()
    finally:
        os._exit(0)


def test_whoever_lost_its_turn_writes_nothing(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        asked = ask()
        with transaction():
            lost = turns.take(NOW)
        with transaction():
            mine = turns.take(NOW)
        assert lost
        assert mine
        assert (lost.number, mine.number) == (1, 2)
        with pytest.raises(making.Superseded):
            making.make(lost, ZONE, tmp_path)
        assert (file(asked).state, file(asked).rows) == (FileState.MAKING, 0)
        with pytest.raises(making.Superseded):
            making._keep_piece(lost, 0, b"of a lost turn")
        assert db.session.scalar(select(func.count()).select_from(FilePiece)) == 0


def test_two_jobs_never_make_at_once(app: Flask) -> None:
    with app.app_context():
        asked = ask()
        db.session.rollback()
        with leases.held(db.engine, Path(app.config["DATA_FOLDER"]), leases.EXPORTS):
            jobs.make_asked_files()
        assert file(asked).state is FileState.WAITING


def test_what_hinders_a_file_is_noted_and_it_may_be_asked_for_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        asked = ask()
        monkeypatch.setattr(exports, "make", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.make_asked_files()
        assert file(asked).state is FileState.FAILED
        assert not queries.waits()
        monkeypatch.undo()
        assert ask() == asked
        jobs.make_asked_files()
        assert file(asked).state is FileState.READY


def test_a_file_that_ends_the_program_each_time_is_given_up(app: Flask) -> None:
    with app.app_context():
        asked = ask()
        for _time in range(turns.MOST_TURNS):
            with transaction():
                assert turns.take(NOW)
        with transaction():
            assert turns.take(NOW) is None
        assert file(asked).state is FileState.FAILED


def test_a_program_that_stops_lays_the_file_down(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        asked = ask()
        making.stopping.set()
        try:
            with transaction():
                turn = turns.take(NOW)
            assert turn
            jobs._make(turn, tmp_path)
        finally:
            making.stopping.clear()
        assert (file(asked).state, file(asked).turn) == (FileState.WAITING, 0)


def test_a_piece_that_is_missing_or_elsewhere_is_noticed(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        asked = ask()
        jobs.make_asked_files()
        kept = db.session.scalars(select(FilePiece).order_by(FilePiece.place)).all()
        first, second, last = kept[0], kept[1], kept[-1]
        with transaction():
            db.session.delete(last)
        with pytest.raises(Tampered):
            content(asked, tmp_path)
        with transaction():
            first.sealed, second.sealed = second.sealed, first.sealed
        with pytest.raises(Tampered):
            content(asked, tmp_path)


def test_a_file_is_gone_after_a_week(app: Flask) -> None:
    with app.app_context():
        ask()
        jobs.make_asked_files()
        waiting = ask(FileKind.JOURNALS)
    with time_machine.travel(NOW + timedelta(days=8)), app.app_context():
        assert [each.state for each in db.session.execute(queries.files(NOW + timedelta(days=8)))]
        jobs.drop_asked_files()
        assert db.session.scalars(select(AskedFile.id)).all() == [waiting]
        assert db.session.scalar(select(func.count()).select_from(FilePiece)) == 0
