"""An unsafe installation is told what is unsafe, and is not served."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from diversion.app import create_app
from diversion.cli import doctor

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


@pytest.mark.parametrize("command", ["web", "scheduler", "serve", "doctor"])
def test_an_unsafe_installation_does_not_start_re_16(safe: dict[str, Any], command: str) -> None:
    done = _run(safe, {"DIVERSION_SECRET_KEY": "short"}, command)
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_waits_for_migrations_is_not_served_re_08(safe: dict[str, Any]) -> None:
    done = _run(safe, {}, "web")
    assert done.returncode == 1
    assert "diversion migrate" in done.stderr


def _run(
    safe: dict[str, Any], more: dict[str, str], command: str
) -> subprocess.CompletedProcess[str]:
    settings = {f"DIVERSION_{n}": v for n, v in safe.items() if isinstance(v, str)}
    hosts = {"DIVERSION_TRUSTED_HOSTS": '["diversion.county.example"]'}
    return subprocess.run(
        [sys.executable, "-m", "diversion", command],
        env={"PATH": "/usr/bin", **settings, **hosts, **more},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
