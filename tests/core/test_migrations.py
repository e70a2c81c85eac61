"""The migrations make exactly the tables of the models, forth and back, also after a crash."""

import os
import signal
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, text

from diversion.core import schema
from diversion.core.database import Base, db
from diversion.core.schema import SchemaNewer, SchemaPending
from tests import databases


def _differences(url: str) -> list[Any]:
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, Base.metadata)
    engine.dispose()
    return found


SHAPE = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
    "postgresql": """
        SELECT table_name || '.' || column_name, data_type,
            is_nullable || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT conrelid::regclass || '.' || conname, 'constraint',
            pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tgrelid::regclass || '.' || tgname, 'trigger', pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT indexname, 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT proname, 'function', prosrc FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace""",
}


def _shape(url: str) -> set[tuple[str, ...]]:
    """Return what a database holds besides its rows: tables, guards and all."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {tuple(row) for row in connection.execute(text(SHAPE[engine.name]))}
    engine.dispose()
    return found


@pytest.fixture
def empty(app: Flask, servers: databases.Servers, tmp_path: Path) -> Any:
    """The address of an empty database on the engine of `app`, whose migrations go there."""
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    if not app.config["DATABASE_URL"].startswith("sqlite"):
        server = servers.postgresql
        assert server is not None
        server.run("DROP DATABASE IF EXISTS empty WITH (FORCE)")
        server.run("CREATE DATABASE empty")
        url = server.url("empty")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    return url


def test_the_tables_are_those_of_the_models_re_08(app: Flask) -> None:
    assert _differences(app.config["DATABASE_URL"]) == []


def test_the_migrations_go_up_and_down_and_up_again_re_08(app: Flask, empty: str) -> None:
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert {row for row in _shape(empty) if "alembic_version" not in str(row)} == set()
        upgrade()
    assert _shape(empty) == _shape(app.config["DATABASE_URL"])


def test_there_is_one_head_and_every_step_has_a_number_re_08() -> None:
    folder = Path(schema.paths.MIGRATIONS) / "versions"
    numbers = sorted(path.name[:4] for path in folder.glob("0*.py"))
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    assert schema.head() == numbers[-1]


def test_a_newer_database_is_refused_with_a_sentence_re_08(app: Flask) -> None:
    with app.app_context():
        schema.check(db.engine)
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(SchemaNewer) as refused:
            schema.check(db.engine)
    assert "newer release" in str(refused.value.sentence)


def test_an_older_database_waits_for_its_migrations_re_08(app: Flask) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        with pytest.raises(SchemaPending):
            schema.check(db.engine)


@pytest.mark.parametrize("seconds", [0.03, 0.2])
def test_an_upgrade_that_was_killed_goes_on_where_it_stopped_re_08(
    app: Flask, empty: str, seconds: float
) -> None:
    child = os.fork()  # as the command line would begin it, but for the start of an interpreter
    if not child:
        _upgrade_and_end(app)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with app.app_context():
        upgrade()
    engine = create_engine(empty)
    schema.check(engine)
    engine.dispose()
    assert _shape(empty) == _shape(app.config["DATABASE_URL"])


def _upgrade_and_end(program: Flask) -> NoReturn:
    """Upgrade in a process that never comes back to the tests."""
    try:
        with program.app_context():
            upgrade()
    finally:
        os._exit(0)
