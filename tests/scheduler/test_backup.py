"""A backup restored into a clean place is the same database, and nothing else opens it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, text

from diversion.app import create_app
from diversion.audit import verify
from diversion.audit.models import Act, AuditRow
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.schema import SchemaNewer
from diversion.core.tracks import Track
from diversion.scheduler.backup import dump, rules, sealing, services
from diversion.scheduler.backup.engines import NotEmpty
from diversion.scheduler.backup.sealing import NotABackup, OtherKey
from diversion.staff.permissions import Role
from tests import databases
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff


@pytest.fixture
def county(app: Flask, tmp_path: Path) -> Flask:
    """A county with people in it."""
    with app.app_context(), transaction():
        by = make_staff(Role.SBAD_COORDINATOR)
        for _ in range(3):
            make_participant(Track.SBAD, first="Wendeline", last="Quartermain", by=by)
    return app


@pytest.fixture
def place(county: Flask, servers: databases.Servers, tmp_path: Path) -> Callable[[str], str]:
    """Return the address of an empty database of the same engine."""

    def made(name: str) -> str:
        if county.config["DATABASE_URL"].startswith("sqlite"):
            return f"sqlite:///{tmp_path / 'other' / name}.sqlite3"
        server = servers.postgresql
        assert server is not None
        server.run(f"DROP DATABASE IF EXISTS {name}")
        server.run(f"CREATE DATABASE {name}")
        return server.url(name)

    return made


def _key_file(app: Flask) -> Path:
    return Path(app.config["MASTER_KEY_FILE"])


def _make(app: Flask, folder: Path) -> Path:
    with app.app_context():
        return services.make(folder, _key_file(app), now=clock.now())


def test_a_restored_backup_is_the_same_database_re_06(
    county: Flask, place: Callable[[str], str], settings: dict[str, Any], tmp_path: Path
) -> None:
    path = _make(county, tmp_path / "backups")
    with county.app_context():
        before = dump.digest()
    url = place("restored")
    with county.app_context():
        head = services.restore(path, url, _key_file(county))
    again = create_app({**settings, "DATABASE_URL": url})
    with again.app_context():
        assert dump.digest() == before
        assert verify.verify().exit_code == 0
        with transaction():
            services.note_restore(head)
        last = db.session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
        assert last is not None
        assert (last.act, head.id in last.objects) == ("restored", True)
        assert verify.verify().exit_code == 0
        db.session.remove()
        db.engine.dispose()


def test_what_is_written_during_a_backup_is_wholly_in_it_or_not_at_all_re_06(
    county: Flask, place: Callable[[str], str], settings: dict[str, Any], tmp_path: Path
) -> None:
    with county.app_context(), transaction():
        record(Act.BACKUP_MADE, by=None)
    path = _make(county, tmp_path / "backups")
    with county.app_context(), transaction():
        record(Act.BACKUP_MADE, by=None)
    with county.app_context():
        head = services.restore(path, place("earlier"), _key_file(county))
        newest = db.session.scalar(select(AuditRow.seq).order_by(AuditRow.seq.desc()))
    assert newest == head.audit_seq + 1


def test_a_backup_shows_nothing_of_what_is_inside_re_06(county: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    _make(county, folder)
    master = _key_file(county).read_bytes()
    for path in folder.iterdir():
        kept = path.read_bytes()
        assert b"county.example" not in kept
        assert b"SQLite format" not in kept
        assert master not in kept
        assert path.stat().st_mode & 0o077 == 0


def test_the_data_keys_are_in_a_file_of_their_own_re_06(
    county: Flask, tmp_path: Path, place: Callable[[str], str]
) -> None:
    folder = tmp_path / "backups"
    path = _make(county, folder)
    (key_file,) = folder.glob("*.keys")
    key_file.unlink()
    url = place("keyless")
    with county.app_context():
        services.restore(path, url, _key_file(county))
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM data_key")) == 0
        assert connection.scalar(text("SELECT count(*) FROM participant")) == 3
    engine.dispose()


def test_a_restore_never_writes_over_something_re_06(county: Flask, tmp_path: Path) -> None:
    path = _make(county, tmp_path / "backups")
    with county.app_context():
        before = dump.digest()
        with pytest.raises(NotEmpty):
            services.restore(path, county.config["DATABASE_URL"], _key_file(county))
        assert dump.digest() == before


def test_a_newer_backup_is_refused_re_08(county: Flask, tmp_path: Path) -> None:
    path = _make(county, tmp_path / "backups")
    newer = tmp_path / "newer.backup"
    plain = tmp_path / "plain"
    plain.write_bytes(b"x")
    head = replace(sealing.read_head(path), revision="9999")
    sealing.write(newer, head, plain, _key_file(county).read_bytes())
    with county.app_context(), pytest.raises(SchemaNewer):
        services.restore(newer, "sqlite:////nowhere", _key_file(county))


HEAD = sealing.Head(
    id="b", kind="database", engine="sqlite", made_at="2026-11-21T00:00:00+00:00", release="1",
    revision="0001", database="d", audit_seq=1, audit_mac="m",
    master=sealing.fingerprint(b"k" * 32), salt="00" * 16,
)  # fmt: skip


def test_another_master_key_is_refused_with_a_sentence(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"content")
    sealing.write(tmp_path / "b", HEAD, plain, b"k" * 32)
    with pytest.raises(OtherKey):
        sealing.read(tmp_path / "b", tmp_path / "out", b"j" * 32)


@pytest.mark.parametrize("size", [0, 1, sealing.CHUNK, sealing.CHUNK + 1, 3 * sealing.CHUNK])
def test_files_of_every_size_come_back(tmp_path: Path, size: int) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(bytes(i % 251 for i in range(size)))
    sealing.write(tmp_path / "b", HEAD, plain, b"k" * 32)
    sealing.read(tmp_path / "b", tmp_path / "out", b"k" * 32)
    assert (tmp_path / "out").read_bytes() == plain.read_bytes()


def test_a_changed_cut_or_prolonged_file_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"abc" * sealing.CHUNK)
    sealing.write(tmp_path / "b", HEAD, plain, b"k" * 32)
    whole = (tmp_path / "b").read_bytes()
    chunk = sealing.CHUNK + 20
    damaged = [
        whole[:-1], whole[: len(whole) - chunk], whole[:40], b"", whole + whole[-chunk:],
        whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:],
        whole.replace(b'"audit_seq": 1', b'"audit_seq": 2'),
    ]  # fmt: skip
    for number, content in enumerate(damaged):
        path = tmp_path / f"damaged{number}"
        path.write_bytes(content)
        with pytest.raises(NotABackup):
            sealing.read(path, tmp_path / f"out{number}", b"k" * 32)


NOW = datetime(2026, 11, 21, tzinfo=UTC)


@given(st.sets(st.integers(0, 24 * 800), max_size=60))
def test_rotation_keeps_the_newest_of_each_day_and_month(hours: set[int]) -> None:
    made = {f"b{hour}": NOW - timedelta(hours=hour) for hour in hours}
    kept = set(made) - rules.to_delete(made)
    newest = sorted(made, key=lambda name: made[name], reverse=True)
    assert set(newest[:1]) <= kept
    assert len(kept) <= rules.DAYS + rules.MONTHS
    assert rules.to_delete({name: made[name] for name in kept}) == set()


@given(st.sets(st.integers(0, 100), max_size=20))
def test_no_file_of_data_keys_but_the_newest_lives_longer_than_35_days(days: set[int]) -> None:
    made = {f"k{day}": NOW - timedelta(days=day) for day in days}
    kept = set(made) - rules.keys_to_delete(made, now=NOW)
    assert all(day <= 35 for day in days if f"k{day}" in kept and day != min(days))
    assert not days or f"k{min(days)}" in kept
