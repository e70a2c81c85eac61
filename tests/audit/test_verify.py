"""Whatever is done to the log behind the program's back is found, with a code of its own."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from diversion.audit import anchors
from diversion.audit.jobs import anchor_file, append_anchor
from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.audit.verify import verify
from diversion.core import clock
from diversion.core.database import db, transaction
from tests import intruder
from tests.conftest import NOW

ROWS = 20
OPENING = {
    "sqlite": ["DROP TRIGGER audit_row_next", "DROP TRIGGER audit_row_kept",
               "DROP TRIGGER audit_row_stays", "DROP TRIGGER audit_object_stays",
               "DROP TRIGGER audit_object_kept"],
    "postgresql": ["ALTER TABLE audit_row DISABLE TRIGGER USER",
                   "ALTER TABLE audit_object DISABLE TRIGGER USER"],
}  # fmt: skip


@pytest.fixture
def log(app: Flask) -> Flask:
    """A log of twenty rows, anchored at its end."""
    with app.app_context():
        for each in range(1, ROWS):
            with transaction():
                record(Act.LOG_READ, f"participant:26-{each:04}-1", by=each, rows=each)
        append_anchor()
        assert verify(anchor_file()).exit_code == 0
    return app


def _force(*statements: str) -> None:
    intruder.force(*OPENING[db.engine.dialect.name], *statements)


def _swap() -> None:
    _force(
        "DELETE FROM audit_object WHERE seq IN (5, 9)",
        "UPDATE audit_row SET seq = -1 WHERE seq = 5",
        "UPDATE audit_row SET seq = 5 WHERE seq = 9",
        "UPDATE audit_row SET seq = 9 WHERE seq = -1",
        "INSERT INTO audit_object VALUES (5, 0, 'participant:26-0008-1')",
        "INSERT INTO audit_object VALUES (9, 0, 'participant:26-0004-1')",
    )


def _insert() -> None:
    """Push a row in between and number the later ones anew."""
    _force(
        "DELETE FROM audit_object WHERE seq > 9",
        *(f"UPDATE audit_row SET seq = {seq + 1} WHERE seq = {seq}" for seq in range(ROWS, 9, -1)),
        *(f"INSERT INTO audit_object VALUES ({seq}, 0, 'participant:26-{seq - 2:04}-1')"
          for seq in range(11, ROWS + 2)),
        "INSERT INTO audit_row SELECT 10, at, 77, roles, track, session, act, '[]', outcome, "
        "facts, origin, address, request_id, release, key_id, mac FROM audit_row WHERE seq = 9",
    )  # fmt: skip


def _delete(*seqs: int) -> None:
    listed = ", ".join(map(str, seqs))
    _force(
        f"DELETE FROM audit_object WHERE seq IN ({listed})",
        f"DELETE FROM audit_row WHERE seq IN ({listed})",
    )


ATTACKS: dict[str, tuple[Callable[[], None], int]] = {
    "edit": (lambda: _force("UPDATE audit_row SET actor = 99 WHERE seq = 7"), 2),
    "replace": (lambda: _force(
        "UPDATE audit_row SET actor = 99, act = 'searched', mac = "
        "(SELECT mac FROM audit_row WHERE seq = 8) WHERE seq = 7"), 2),
    "hide a look": (lambda: _force("DELETE FROM audit_object WHERE seq = 7"), 2),
    "file a look elsewhere": (lambda: _force(
        "UPDATE audit_object SET object = 'participant:26-0001-1' WHERE seq = 7"), 2),
    "delete": (lambda: _delete(7), 3),
    "delete the first": (lambda: _delete(1), 3),
    "insert": (_insert, 3),
    "swap": (_swap, 3),
    "cut the tail": (lambda: _delete(19, 20), 4),
    "cut everything": (lambda: _delete(*range(1, ROWS + 1)), 4),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack_has_its_own_code_ad_01(log: Flask, attack: str) -> None:
    does, code = ATTACKS[attack]
    with log.app_context():
        does()
        assert verify(anchor_file()).exit_code == code


def test_a_forged_anchor_is_found_ad_01(log: Flask) -> None:
    with log.app_context():
        path = anchor_file()
        path.write_text(path.read_text().replace('"seq": 20', '"seq": 12'))
        assert verify(path).exit_code == 5
        path.write_text("not an anchor\n")
        assert verify(path).exit_code == 5


def test_a_log_written_anew_does_not_fit_its_anchor(log: Flask) -> None:
    with log.app_context():
        _delete(20)
        with transaction():
            record(Act.LOG_READ, by=None)
        assert verify().exit_code == 0
        assert [str(each) for each in verify(anchor_file()).findings] == [
            "a row of the log was changed, at row 20"
        ]


def test_a_clock_that_goes_back_is_told_and_the_rows_still_follow_ad_05(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        for jump in (timedelta(0), timedelta(hours=-1), timedelta(minutes=-59)):
            with clock.standing_at(NOW + jump), transaction():
                record(Act.LOG_READ, by=None)
        report = verify()
        rows = db.session.execute(text("SELECT seq, act, facts FROM audit_row ORDER BY seq")).all()
    assert "the clock went back by 3600 seconds" in caplog.text
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert (rows[2].act, rows[2].facts) == ("clock_went_back", '{"seconds": 3600}')
    assert (report.exit_code, report.findings[0].seq) == (6, 3)


def test_an_anchor_says_where_the_log_stood(log: Flask) -> None:
    with log.app_context():
        anchor = anchors.read(anchor_file())[0]
        assert anchor is not None
        assert anchor.seq == anchor.count == ROWS


def _mutate(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Change one thing at random: a value, a row, or the place of two rows."""
    table = chance.choice(("audit_row", "audit_row", "audit_row", "audit_object"))
    seq = chance.randint(1 if table == "audit_row" else 2, ROWS)
    kind = chance.choice(("value", "value", "delete", "swap"))
    if kind == "delete":
        connection.execute(f"DELETE FROM {table} WHERE seq = ?", (seq,))
        return
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    column = chance.choice([name for name in columns if name not in {"seq", "place"}])
    other: Any = chance.choice(["", "x", -5, 10**9, b"x" * 32, "2031-01-01 00:00:00.000000", None])
    if kind == "swap":
        there = connection.execute(f"SELECT {column} FROM {table} WHERE seq = ?", (seq,))
        before = there.fetchone()[0]
        found = connection.execute(
            f"SELECT {column} FROM {table} WHERE {column} IS NOT ? LIMIT 1", (before,)
        ).fetchone()
        other = found[0] if found else "x"
    connection.execute("PRAGMA ignore_check_constraints = ON")
    changed = connection.execute(
        f"UPDATE OR IGNORE {table} SET {column} = ? WHERE seq = ? AND {column} IS NOT ?",
        (other, seq, other),
    )
    if changed.rowcount < 1:
        connection.execute(f"UPDATE {table} SET {column} = 'y' WHERE seq = ?", (seq,))


@pytest.mark.parametrize("engine_name", [pytest.param("sqlite", id="file")], indirect=True)
def test_a_hundred_random_changes_of_a_copy_are_all_found_ad_01(log: Flask, tmp_path: Path) -> None:
    chance = random.Random(20261121)
    with log.app_context():
        path = Path(str(db.engine.url.database))
        db.session.remove()
        db.engine.dispose()
        sound = shutil.copy(path, tmp_path / "sound")
        for number in range(100):
            shutil.copy(sound, path)
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA foreign_keys = OFF")
            for statement in OPENING["sqlite"]:
                connection.execute(statement)
            _mutate(connection, chance)
            connection.commit()
            connection.close()
            assert verify(anchor_file()).exit_code in {2, 3, 4}, number
            db.session.remove()
            db.engine.dispose()
