"""Copy a whole database out and in while it is used, in the way its engine offers.

The table of data keys goes into a file of its own with a shorter life, so that a
destroyed key is soon gone from every backup.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy import create_engine, insert, select
from sqlalchemy.engine import URL, Connection, Engine

from diversion.core.database import Base
from diversion.core.errors import Refused
from diversion.core.words import _

KEYS = "data_key"


class NotEmpty(Refused):
    """A restore writes where nothing is, so it can't destroy anything and may be tried twice."""

    sentence = _("There is a database already where this would be restored. Nothing was changed.")


class ToolMissing(Refused):
    """PostgreSQL's own programs copy its databases."""

    sentence = _("pg_dump and pg_restore are not installed on this machine.")


def copy_out(engine: Engine, data: Path, key_rows: Path) -> None:
    """Write the database without data keys to `data`, and the data keys to `key_rows`."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            _write_keys(connection, key_rows)
        _pg("pg_dump", engine.url, "-Fc", f"--exclude-table-data={KEYS}", "-f", str(data))
        return
    _copy_sqlite(engine, data)
    copy = create_engine(f"sqlite:///{data}")
    try:
        with copy.begin() as connection:
            _write_keys(connection, key_rows)
            connection.exec_driver_sql(f"DELETE FROM {KEYS}")  # noqa: S608 (a constant)
    finally:
        copy.dispose()
    _vacuum(data)


def copy_in(url: URL, data: Path, key_rows: Path | None) -> None:
    """Restore into a database that holds nothing yet. Raises NotEmpty."""
    rows = json.loads(key_rows.read_text()) if key_rows else []
    if url.get_backend_name() == "postgresql":
        _pg_in(url, data, rows)
        return
    target = Path(url.database or "")
    if target.exists() and target.stat().st_size:
        raise NotEmpty
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.with_suffix(".restoring")
    shutil.copyfile(data, partial)
    partial.chmod(0o600)
    engine = create_engine(f"sqlite:///{partial}")
    try:
        with engine.begin() as connection:
            _read_keys(connection, rows)
    finally:
        engine.dispose()
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.rename(target)


def _copy_sqlite(engine: Engine, data: Path) -> None:
    data.touch(mode=0o600, exist_ok=False)
    source = sqlite3.connect(f"file:{engine.url.database}?mode=ro", uri=True, timeout=30)
    target = sqlite3.connect(data)
    try:
        source.backup(target, pages=2000, sleep=0.005)
    finally:
        target.close()
        source.close()


def _vacuum(data: Path) -> None:
    """Leave no deleted row in the copy's free pages."""
    copy = sqlite3.connect(data, isolation_level=None)
    try:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("VACUUM")
    finally:
        copy.close()


def _pg_in(url: URL, data: Path, rows: list[dict[str, object]]) -> None:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            names = connection.dialect.get_table_names(connection, schema="public")
        if names:
            raise NotEmpty
        name = str(url.database)
        for section in ("pre-data", "data"):
            _pg("pg_restore", url, "--no-owner", "-d", name, f"--section={section}", str(data))
        with engine.begin() as connection:
            _read_keys(connection, rows)
        _pg("pg_restore", url, "--no-owner", "-d", name, "--section=post-data", str(data))
    finally:
        engine.dispose()


def _write_keys(connection: Connection, path: Path) -> None:
    table = Base.metadata.tables[KEYS]
    rows = [
        {n: v.hex() if isinstance(v, bytes) else v for n, v in row.items()}
        for row in connection.execute(select(table)).mappings()
    ]
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(json.dumps(rows))


def _read_keys(connection: Connection, rows: list[dict[str, object]]) -> None:
    table = Base.metadata.tables[KEYS]
    whole = [
        {
            n: bytes.fromhex(str(v)) if table.c[n].type.python_type is bytes else v
            for n, v in row.items()
        }
        for row in rows
    ]
    if whole:
        connection.execute(insert(table), whole)


def _pg(program: str, url: URL, *arguments: str) -> None:
    found = shutil.which(program) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))[::-1]), None
    )
    if found is None:
        raise ToolMissing
    where = {
        "PGHOST": url.host or url.query.get("host"), "PGPORT": url.port, "PGUSER": url.username,
        "PGPASSWORD": url.password, "PGDATABASE": url.database,
    }  # fmt: skip
    settings = {name: str(value) for name, value in where.items() if value}
    subprocess.run(  # noqa: S603 (a program of PostgreSQL with arguments of our own)
        [found, *arguments], check=True, env={**os.environ, **settings}, capture_output=True
    )
