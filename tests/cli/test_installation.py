"""A real installation begins empty, with one person and one link, and runs its processes."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask

from diversion.app import create_app
from diversion.cli import group
from diversion.core.database import db
from tests import databases
from tests.conftest import ENGINES, NOW
from tests.factories.accounts import code, type_code, type_password

EMAIL = "ada@county.example"
PASSWORD = "seven quiet herons at dusk"
STOCK = [
    (name, word)
    for name in ("admin@county.example", "admin", "root", "administrator@county.example", EMAIL)
    for word in ("admin", "password", "changeme", "diversion1234")
]


Place = dict[str, str]


def _place(folder: Path, url: str = "") -> Place:
    """Return the environment of an installation in `folder`."""
    found = {
        "DIVERSION_DATA_FOLDER": str(folder / "data"),
        "DIVERSION_MASTER_KEY_FILE": str(folder / "keys" / "master.key"),
        "DIVERSION_SECRET_KEY": "k3J9xQ2mP7vL0wR5tY8uB4nC6zD1sFgH",
        "DIVERSION_LOOPBACK_ONLY": "true",
        "DIVERSION_ARGON2_MEMORY_KIB": "19456",
        "DIVERSION_ARGON2_TIME_COST": "2",
    }
    return found | ({"DIVERSION_DATABASE_URL": url} if url else {})


def _database(servers: databases.Servers, engine: str, folder: Path, name: str, of: str) -> str:
    """Make a database as a copy of another, and return its address; none where it is a file."""
    if engine == "sqlite":
        return ""
    _, drop = servers.fresh("postgresql", folder)
    drop()
    assert servers.postgresql is not None
    servers.postgresql.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    servers.postgresql.run(f"CREATE DATABASE {name} TEMPLATE {of}")
    return servers.postgresql.url(name)


@dataclass(frozen=True)
class Installed:
    """An installation as it begins, and the link of its first administrator."""

    folder: Path
    link: str


@pytest.fixture(scope="module", params=ENGINES)
def installed(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    servers: databases.Servers,
) -> Installed:
    folder, engine = tmp_path_factory.mktemp("installed"), str(request.param)
    url = _database(servers, engine, folder, "installed", "template0")
    with time_machine.travel(NOW - timedelta(hours=1), tick=True):
        return Installed(folder, _init(_place(folder, url)))


@pytest.fixture
def place(
    request: pytest.FixtureRequest,
    installed: Installed,
    tmp_path: Path,
    servers: databases.Servers,
) -> Place:
    """The environment of an installation that was just made: a copy of one."""
    engine = str(request.node.callspec.params["installed"])
    shutil.copytree(installed.folder, tmp_path, dirs_exist_ok=True)
    return _place(tmp_path, _database(servers, engine, tmp_path, "installation", "installed"))


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def _run(place: Place, *arguments: str) -> Done:
    def made() -> Flask:
        programs.append(create_app(_settings(place)))
        return programs[-1]

    programs: list[Flask] = []
    done = CliRunner().invoke(group.build(made), list(arguments))
    for program in programs:
        with program.app_context():
            db.session.remove()
            db.engine.dispose()
    return Done(done.exit_code, done.stdout, done.stderr)


def _settings(place: Place) -> dict[str, object]:
    settings = {name.removeprefix("DIVERSION_"): value for name, value in place.items()}
    numbers = {"ARGON2_MEMORY_KIB": 19456, "ARGON2_TIME_COST": 2, "LOOPBACK_ONLY": True}
    return {**settings, **numbers}


def _init(place: Place) -> str:
    done = _run(place, "init", "--email", EMAIL, "--name", "Ada Park", "--fee", "1000")
    assert done.returncode == 0, done.stderr
    link = re.search(r"/sign-in/welcome/\S+", done.stdout)
    assert link is not None
    return link[0]


@contextmanager
def _program(place: Place) -> Generator[Flask]:
    program = create_app({**_settings(place), "WTF_CSRF_ENABLED": False})
    yield program
    with program.app_context():
        db.engine.dispose()


def test_the_first_administrator_comes_in_by_one_link_and_nobody_else_au_01(
    installed: Installed, place: Place
) -> None:
    with _program(place) as program:
        _walk(program, installed.link)
    again = _run(place, "init", "--email", EMAIL, "--name", "Ada Park", "--fee", "1000")
    assert again.returncode == 1
    assert "has accounts already" in again.stderr


def _walk(program: Flask, link: str) -> None:
    for email, word in STOCK:
        assert type_password(program.test_client(), email, word).status_code in {422, 429}
    client = program.test_client()
    assert (
        client.post(link, data={"password": PASSWORD, "notice": "y"}).location == "/sign-in/factor"
    )
    assert (
        program.test_client().post(link, data={"password": PASSWORD, "notice": "y"}).status_code
        == 409
    )
    seed = client.get("/sign-in/factor").text.split('<span class="mono">')[1].split("<")[0]
    assert client.post("/sign-in/factor", data={"code": code(seed)}).location == "/"
    assert client.get("/staff").status_code == 200
    assert client.get("/sign-in").status_code == 303
    assert type_code(client, "000000").status_code == 303


def test_everything_written_is_for_its_owner_alone(place: Place, tmp_path: Path) -> None:
    loose = [
        path.name
        for path in [tmp_path / "data", *(tmp_path / "data").rglob("*"), tmp_path / "keys"]
        if path.stat().st_mode & 0o077
    ]
    assert loose == []


def test_a_backup_and_a_restore_by_command(place: Place, tmp_path: Path) -> None:
    done = _run(place, "backup", "--to", str(tmp_path / "far"))
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "far").glob("*.backup")
    refused = _run(place, "restore", str(path))
    assert refused.returncode == 1
    assert "There is a database already" in refused.stderr
    assert _run(place, "verify", "--json").returncode == 0


def test_the_master_key_is_turned_by_command(place: Place, tmp_path: Path) -> None:
    new = str(tmp_path / "keys" / "new.key")
    for _again in range(2):
        done = _run(place, "keys", "rotate-master", new)
        assert done.returncode == 0, done.stderr
    assert _run(place, "verify").returncode != 0
    assert _run({**place, "DIVERSION_MASTER_KEY_FILE": new}, "verify").returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int, within: float = 60) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def test_what_ends_is_started_again_and_all_stops_together(
    installed: Installed, place: Place
) -> None:
    port = _free_port()
    keeper = subprocess.Popen(
        [sys.executable, "-m", "diversion", "serve", "--port", str(port), "--workers", "1"],
        env={"PATH": os.environ["PATH"], **place}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert _answers(port)
        children = _children(keeper.pid)
        assert set(children) == {"web", "scheduler"}
        if "DIVERSION_DATABASE_URL" not in place:  # to start again is the same on each engine
            os.kill(children["web"], signal.SIGKILL)
            time.sleep(1.5)
            assert _answers(port)
            after = _children(keeper.pid)
            assert after["web"] != children["web"]
            assert after["scheduler"] == children["scheduler"]
    finally:
        keeper.send_signal(signal.SIGTERM)
        assert keeper.wait(60) == 0
    assert not _answers(port, within=0.5)


def _children(pid: int) -> dict[str, int]:
    """Return the processes of a keeper by their command."""
    tasks = (task / "children" for task in Path(f"/proc/{pid}/task").iterdir())
    pids = [int(number) for task in tasks for number in task.read_text().split()]
    return {_words(each)[3]: each for each in pids}


def _words(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
