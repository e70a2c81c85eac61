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
from sqlalchemy import create_engine, inspect, text

from diversion.app import create_app
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


def _tables(url: str) -> set[str]:
    engine = create_engine(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


@pytest.fixture
def empty(app: Flask, servers: databases.Servers, tmp_path: Path) -> Any:
    """The address of an empty database on the engine of `app`."""
    if app.config["DATABASE_URL"].startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    server = servers.postgresql
    assert server is not None
    server.run("DROP DATABASE IF EXISTS empty WITH (FORCE)")
    server.run("CREATE DATABASE empty")
    return server.url("empty")


def test_the_tables_are_those_of_the_models_re_08(app: Flask) -> None:
    assert _differences(app.config["DATABASE_URL"]) == []


def test_the_migrations_go_up_and_down_and_up_again_re_08(
    settings: dict[str, Any], empty: str
) -> None:
    program = create_app({**settings, "DATABASE_URL": empty})
    with program.app_context():
        upgrade()
        there = _tables(empty)
        downgrade(revision="base")
        assert _tables(empty) <= {"alembic_version"}
        upgrade()
        db.engine.dispose()
    assert _tables(empty) == there
    assert _differences(empty) == []


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
    settings: dict[str, Any], empty: str, seconds: float
) -> None:
    program = create_app({**settings, "DATABASE_URL": empty})
    child = os.fork()  # as the command line would begin it, but for the start of an interpreter
    if not child:
        _upgrade_and_end(program)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with program.app_context():
        upgrade()
        schema.check(db.engine)
        db.engine.dispose()
    assert _differences(empty) == []


def _upgrade_and_end(program: Flask) -> NoReturn:
    """Upgrade in a process that never comes back to the tests."""
    try:
        with program.app_context():
            upgrade()
    finally:
        os._exit(0)
