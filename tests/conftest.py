"""Give every test a migrated database on the engine it asks for."""

import gc
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from diversion.app import create_app
from diversion.core.database import db, transaction
from tests import counties, databases, places, quick, reader, recorded, scoped
from tests import programs as programs_of_tests

ENGINES = ("sqlite", "postgresql")
NOW = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(minutes=45)  # longer than a run takes: what is made once is not of later


quick.share_routes()
reader.share()
scoped.watch()
recorded.watch()
places.in_memory()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring together what needs the fictional county, after the order was made random."""
    items.sort(key=places.with_the_county, reverse=True)


def pytest_collection_finish() -> None:
    """Let what stays to the end be passed over whenever unused memory is looked for."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


class _RollBack(Exception):
    pass


@pytest.fixture(scope="session", autouse=True)
def _the_morning() -> Generator[None]:
    """Let what is made once for many tests be made on the day of the tests, whenever they run."""
    with time_machine.travel(BEFORE, tick=True):
        yield


@pytest.fixture(autouse=True)
def the_day() -> Generator[time_machine.Traveller]:
    """Let every test begin on the same Saturday morning; the clock goes on from there."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Every test that touches a database runs once on each engine."""
    return str(request.param)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Generator[databases.Servers]:
    made = databases.Servers(tmp_path_factory.mktemp("engines"))
    yield made
    made.stop()


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    """The settings of a test; a test module may override this fixture to add its own."""
    return databases.settings(tmp_path)


@pytest.fixture(scope="session", autouse=True)
def _compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let all programs of a run share what they compile."""
    folder = counties.of_this_run(tmp_path_factory) / "compiled"
    folder.mkdir(exist_ok=True)
    quick.share_templates(folder)


@pytest.fixture(scope="session")
def programs(servers: databases.Servers) -> Generator[programs_of_tests.Programs]:
    made = programs_of_tests.Programs(servers)
    yield made
    made.end()


@pytest.fixture
def own_program(
    engine_name: str,
    servers: databases.Servers,
    settings: dict[str, Any],
    tmp_path: Path,
) -> Generator[Flask]:
    """The whole program, made for this test alone: to add routes, or to change its settings."""
    url, drop = servers.fresh(engine_name, tmp_path)
    made = create_app({**settings, "DATABASE_URL": url})
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
    drop()
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def filling() -> programs_of_tests.Filling | None:
    """What is in the database of `app` when each test begins: a module may override this.

    It is written once; what it returned is the extension "filled" of `app`.
    """
    return None


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    engine_name: str,
    programs: programs_of_tests.Programs,
    filling: programs_of_tests.Filling | None,
    settings: dict[str, Any],
    tmp_path: Path,
) -> Generator[Flask]:
    """The whole program on an untouched migrated database; commits are real."""
    if "own_program" in request.fixturenames or not programs_of_tests.is_plain(settings, tmp_path):
        yield request.getfixturevalue("own_program")
        return
    with time_machine.travel(BEFORE, tick=True):
        program = programs.of(engine_name, settings, filling)
    yield program.lend(settings)
    program.take_back()
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture(scope="session")
def lasting(
    servers: databases.Servers, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Callable[..., Flask]]:
    """One program per engine whose database nothing is ever committed to.

    What `filled` writes is in it from the beginning: each filling has a database of its own.
    """
    made: dict[tuple[str, object], Flask] = {}

    def of(engine: str, filled: Callable[[], object] | None = None) -> Flask:
        if (engine, filled) not in made:
            folder = tmp_path_factory.mktemp(engine)
            url, _drop = servers.fresh(engine, folder)
            app = create_app({**databases.settings(folder), "DATABASE_URL": url})
            if filled is not None:
                with app.app_context(), transaction():
                    filled()
            made[engine, filled] = app
        return made[engine, filled]

    yield of
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def session(
    request: pytest.FixtureRequest, engine_name: str, lasting: Callable[..., Flask]
) -> Generator[Session]:
    """An open transaction that is rolled back: for services and queries, which never commit.

    It lies in the database of `app` where the test asks for that too, else in a lasting one.
    """
    own = {"app", "client"} & set(request.fixturenames)
    app = request.getfixturevalue("app") if own else lasting(engine_name)
    with rolled_back(app) as opened:
        yield opened


@contextmanager
def rolled_back(app: Flask) -> Generator[Session]:
    """Open a transaction of which nothing stays."""
    with app.app_context():
        try:
            with transaction():
                yield db.session()
                raise _RollBack
        except _RollBack:
            pass


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser nobody has signed in with. Never hold an app context open around its calls."""
    return app.test_client()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print how many tests ran on each engine: the two counts are equal."""
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", [])]
    counts = {name: sum(_on(nodeid, name) for nodeid in passed) for name in ENGINES}
    terminalreporter.write_line(
        "tests per engine: " + ", ".join(f"{n} {c}" for n, c in counts.items())
    )


def _on(nodeid: str, engine: str) -> bool:
    parameters = nodeid.rpartition("[")[2].rstrip("]")
    return not parameters.endswith(".md") and engine in parameters.split("-")
