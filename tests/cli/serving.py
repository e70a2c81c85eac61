"""Run the real web server in a process of its own, as an installation would."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests import databases

ROOT = Path(__file__).resolve().parents[2]
HEAD_SECONDS, REQUEST_SECONDS, THREADS = 0.5, 1.0, 2
# The same server with less patience, so that the tests need less of it too.
IMPATIENT = f"""
import runpy, sys
from diversion.cli import bounded, servers
bounded.HEAD_SECONDS, bounded.REQUEST_SECONDS = {HEAD_SECONDS}, {REQUEST_SECONDS}
servers.THREADS = {THREADS}
sys.argv = ["diversion", *sys.argv[1:]]
runpy.run_module("diversion", run_name="__main__")
"""


@contextmanager
def running(servers: databases.Servers, folder: Path, **settings: str) -> Generator[int]:
    """Yield the port on which one worker answers, on a migrated database without people."""
    databases.settings(folder)  # makes the key
    url, _drop = servers.fresh("sqlite", folder)
    (folder / "county").chmod(0o700)
    (folder / "county" / "diversion.sqlite3").chmod(0o600)
    port = free_port()
    told = {
        "DATA_FOLDER": str(folder / "county"), "DATABASE_URL": url, "LOOPBACK_ONLY": "true",
        "MASTER_KEY_FILE": str(folder / "keys" / "master.key"),
        "SECRET_KEY": "k3J9xQ2mP7vL0wR5tY8uB4nC6zD1sFgH", **settings,
    }  # fmt: skip
    environment = {**os.environ, **{f"DIVERSION_{name}": value for name, value in told.items()}}
    line = [sys.executable, "-c", IMPATIENT, "web", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(line, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.send_signal(signal.SIGQUIT)  # at once


def free_port() -> int:
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return int(each.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("the web server did not start")
