"""An unsafe installation is told what is unsafe, and is not served."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from diversion.app import create_app
from diversion.cli import doctor, group
from tests.house.source import ROOT

SAFE_SECRET = "k3J9xQ2mP7vL0wR5tY8uB4nC6zD1sFgH"


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, Any]:
    """The settings of an installation in which nothing is unsafe."""
    data, keys = tmp_path / "data", tmp_path / "keys"
    data.mkdir(mode=0o700)
    keys.mkdir(mode=0o700)
    master = keys / "master.key"
    master.write_bytes(b"k" * 32)
    master.chmod(0o400)
    return {
        "DATA_FOLDER": str(data), "MASTER_KEY_FILE": str(master), "SECRET_KEY": SAFE_SECRET,
        "LOOPBACK_ONLY": False, "PUBLIC_ADDRESS": "https://diversion.county.example",
        "TRUSTED_HOSTS": ["diversion.county.example"],
    }  # fmt: skip


def _app(settings: dict[str, Any]) -> Flask:
    return create_app({"WTF_CSRF_ENABLED": True, **settings})


def test_nothing_is_unsafe_in_a_safe_installation_re_16(safe: dict[str, Any]) -> None:
    assert doctor.unsafe(_app(safe)) == []


Change = Callable[[dict[str, Any], Path], None]


def _set(**values: object) -> Change:
    return lambda settings, folder: settings.update(values)


def _key_in(folder_name: str) -> Change:
    def change(settings: dict[str, Any], folder: Path) -> None:
        inside = folder / folder_name
        inside.mkdir(parents=True, exist_ok=True, mode=0o700)
        (inside / "master.key").write_bytes(b"k" * 32)
        (inside / "master.key").chmod(0o400)
        settings["MASTER_KEY_FILE"] = str(inside / "master.key")

    return change


def _mode(name: str, mode: int) -> Change:
    def change(settings: dict[str, Any], folder: Path) -> None:
        path = folder / name
        if not path.exists():
            path.write_bytes(b"")
        path.chmod(mode)

    return change


TABLE: list[tuple[str, Change]] = [
    ("Debug is on", _set(DEBUG=True)),
    ("SECRET_KEY has fewer", _set(SECRET_KEY="")),
    ("SECRET_KEY has fewer", _set(SECRET_KEY="short")),
    ("SECRET_KEY has fewer", _set(SECRET_KEY="a" * 40)),
    ("SECRET_KEY is an example", _set(SECRET_KEY="changeme-0123456789-abcdefghijklmnop")),
    ("TRUSTED_HOSTS is empty", _set(TRUSTED_HOSTS=[])),
    ("protection of forms is off", _set(WTF_CSRF_ENABLED=False)),
    ("PUBLIC_ADDRESS is not https", _set(PUBLIC_ADDRESS="")),
    ("PUBLIC_ADDRESS is not https", _set(PUBLIC_ADDRESS="http://diversion.county.example")),
    ("IDLE_MINUTES", _set(IDLE_MINUTES=31)),
    ("IDLE_MINUTES", _set(IDLE_MINUTES=0)),
    ("ABSOLUTE_HOURS", _set(ABSOLUTE_HOURS=13)),
    ("password hash is too cheap", _set(ARGON2_MEMORY_KIB=8)),
    ("password hash is too cheap", _set(ARGON2_TIME_COST=1)),
    ("names no file", _set(MASTER_KEY_FILE="/nowhere/master.key")),
    ("names no file", _set(MASTER_KEY_FILE="")),
    ("master key can be read", _mode("keys/master.key", 0o440)),
    ("master key can be read", _mode("keys/master.key", 0o404)),
    ("lies in the data folder", _key_in("data")),
    ("lies in the backup folder", _key_in("data/backups")),
    ("data folder can be read by others", _mode("data", 0o755)),
    ("can be read by others: diversion.sqlite3", _mode("data/diversion.sqlite3", 0o644)),
]


@pytest.mark.parametrize(("said", "change"), TABLE)
def test_what_is_unsafe_is_named_and_not_served_re_16(
    safe: dict[str, Any], tmp_path: Path, said: str, change: Change
) -> None:
    change(safe, tmp_path)
    found = doctor.unsafe(_app(safe))
    assert any(said in line for line in found), found


COMMANDS = ("web", "scheduler", "serve", "doctor")
# One process for all of them: what takes long is to begin.
ASKS = """
import contextlib, io, json, os, sys
from diversion.app import main
answers = []
for settings, command in json.load(sys.stdin):
    os.environ.update(settings)
    sys.argv = ["diversion", command]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            answers.append((end.code, said.getvalue()))
print(json.dumps(answers))
"""


def test_what_is_unsafe_or_not_installed_does_not_start_re_16_re_08(
    safe: dict[str, Any],
) -> None:
    short = {"DIVERSION_SECRET_KEY": "short"}
    whole = {"DIVERSION_SECRET_KEY": SAFE_SECRET}
    answers = _run(safe, [*((short, each) for each in COMMANDS), (whole, "web")])
    assert [code for code, _said in answers] == [1] * (len(COMMANDS) + 1)
    assert all("SECRET_KEY" in said for _code, said in answers[:-1])
    assert "diversion init" in answers[-1][1]


def _run(safe: dict[str, Any], asked: list[tuple[dict[str, str], str]]) -> list[tuple[int, str]]:
    """Return the exit code of each command and what it said."""
    settings = {f"DIVERSION_{n}": v for n, v in safe.items() if isinstance(v, str)}
    hosts = {"DIVERSION_TRUSTED_HOSTS": '["diversion.county.example"]'}
    done = subprocess.run(
        [sys.executable, "-c", ASKS], env={"PATH": "/usr/bin", **settings, **hosts}, cwd=ROOT,
        input=json.dumps(asked), capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    found: list[tuple[int, str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("folder", ["missing", "empty"])
def test_commands_say_in_a_sentence_that_nothing_is_installed(
    safe: dict[str, Any], tmp_path: Path, folder: str
) -> None:
    list_, key = tmp_path / "list.csv", tmp_path / "new.key"
    list_.write_text("Name\n", encoding="utf-8")
    if folder == "missing":
        Path(safe["DATA_FOLDER"]).rmdir()
    app = _app(safe)
    program = group.build(lambda: app)
    for line in (
        ["doctor"], ["verify"], ["backup"], ["link", "ada@county.example"],
        ["import", "sbad", str(list_)], ["keys", "rotate-master", str(key)],
    ):  # fmt: skip
        done = CliRunner().invoke(program, line)
        assert (done.exit_code, type(done.exception)) == (1, SystemExit), line
        assert "diversion init" in done.output, line
    assert not key.exists()
