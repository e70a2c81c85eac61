"""Start the engines, migrate one template on each, and hand out copies of it."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import util
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from flask_migrate import upgrade

from diversion.app import create_app
from diversion.core import keys
from diversion.core.database import db, transaction
from tests.renewal import Renewal

FORGETFUL = " ".join(
    f"-c {each}"
    for each in (
        "autovacuum=off", "fsync=off", "full_page_writes=off", "jit=off", "max_wal_senders=0",
        "synchronous_commit=off", "track_activities=off", "track_counts=off", "wal_level=minimal",
    )
)  # fmt: skip
MEMORY = Path("/dev/shm")  # noqa: S108 (databases of the tests' own need no disk)
SECRET = "only-for-tests-" + "x" * 32


def settings(folder: Path) -> dict[str, Any]:
    """Return what every test runs with: cheap password hashes, no CSRF, plain http."""
    key = folder / "keys" / "master.key"
    if not key.exists():
        key.parent.mkdir(parents=True, exist_ok=True)
        key.write_bytes(b"k" * 32)
        key.chmod(0o400)
    return {
        "TESTING": True,
        "SECRET_KEY": SECRET,
        "DATA_FOLDER": str(folder / "county"),
        "MASTER_KEY_FILE": str(key),
        "LOOPBACK_ONLY": True,
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        "ARGON2_MEMORY_KIB": 8,
        "ARGON2_TIME_COST": 1,
    }


class Servers:
    """The two engines of a test run, each started when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)
        self.sqlite: Path | None = None
        self.places: list[Path] = []
        self.postgresql: PostgreSQL | None = None
        self.renewals: list[Renewal] = []

    def fresh(self, engine: str, folder: Path) -> tuple[str, Callable[[], None]]:
        """Return the address of a fresh migrated database and how to drop it."""
        return self._fresh_sqlite(folder) if engine == "sqlite" else self._fresh_postgresql()

    def _fresh_sqlite(self, folder: Path) -> tuple[str, Callable[[], None]]:
        if self.sqlite is None:
            self.sqlite = self.folder / "template.sqlite3"
            migrate(f"sqlite:///{self.sqlite}", self.folder)
        copy = folder / "county" / "diversion.sqlite3"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.sqlite, copy)
        return f"sqlite:///{copy}", lambda: None

    def _fresh_postgresql(self) -> tuple[str, Callable[[], None]]:
        if self.postgresql is None:
            self.postgresql = PostgreSQL()
            self.postgresql.run("CREATE DATABASE template")
            migrate(self.postgresql.url("template"), self.folder)
        name = f"test{next(self.numbers)}"
        server = self.postgresql
        self._copy_postgresql(name)
        return server.url(name), lambda: server.run(f"DROP DATABASE {name} WITH (FORCE)")

    def _copy_postgresql(self, name: str, of: str = "template") -> None:
        if self.postgresql is not None:
            copy = f"CREATE DATABASE {name} TEMPLATE {of} STRATEGY FILE_COPY"
            self.postgresql.run(copy)

    def standing(self, engine: str, fill: Callable[[str], None] | None = None) -> "Standing":
        """Return a database that is made anew in its place for test after test.

        What `fill` writes to the database at an address is in it each time.
        """
        make = self._standing_sqlite if engine == "sqlite" else self._standing_postgresql
        return make(fill or _leave)

    def _standing_sqlite(self, fill: Callable[[str], None]) -> "Standing":
        place = Path(tempfile.mkdtemp(prefix="dvsq", dir=MEMORY if MEMORY.is_dir() else None))
        self.places.append(place)
        url, _drop = self._fresh_sqlite(place)
        database, template = place / "county" / "diversion.sqlite3", place / "template.sqlite3"
        fill(url)
        shutil.copyfile(database, template)

        def renew() -> bool:
            for beside in database.parent.glob(f"{database.name}-*"):
                beside.unlink()
            shutil.copyfile(template, database)
            return False

        return Standing(url, renew)

    def _standing_postgresql(self, fill: Callable[[str], None]) -> "Standing":
        url, drop = self._fresh_postgresql()
        name = url.partition("?")[0].rpartition("/")[2]
        fill(url)
        if fill is not _leave:
            self._copy_postgresql(f"{name}_filled", name)

        def copy() -> None:
            drop()
            self._copy_postgresql(name, "template" if fill is _leave else f"{name}_filled")

        renewal = Renewal(url.replace("+psycopg", "", 1), copy)
        self.renewals.append(renewal)
        return Standing(url, renewal)

    def stop(self) -> None:
        for place in self.places:
            shutil.rmtree(place, ignore_errors=True)
        for renewal in self.renewals:
            renewal.end()
        if self.postgresql is not None:
            self.postgresql.stop()


def _leave(_url: str) -> None:
    """Write nothing to a database that stands as it was migrated."""


@dataclass(frozen=True)
class Standing:
    """A database that keeps its address, and how to make it as if nobody had touched it.

    `renew` says whether connections to it are still good.
    """

    url: str
    renew: Callable[[], bool]


def migrate(url: str, folder: Path) -> None:
    """Bring an empty database to the head of the migrations and give it its ring of keys."""
    app = create_app({**settings(folder), "DATABASE_URL": url})
    with app.app_context():
        upgrade()
        with transaction():
            keys.make_ring()
        db.engine.dispose()


class PostgreSQL:
    """A PostgreSQL server of the tests' own, on a socket in a folder of its own.

    One that is `durable` lies on the disk and keeps what it has committed, as a county's does.
    """

    def __init__(self, *, durable: bool = False) -> None:
        memory = Path("/dev/shm")  # noqa: S108 (most tests' server needs no disk)
        place = memory if memory.is_dir() and not durable else None
        self.folder = Path(tempfile.mkdtemp(prefix="dvpg", dir=place))
        self.binaries = _binaries()
        self.user = _unprivileged()
        if self.user:
            shutil.chown(self.folder, self.user)
        self.data = str(self.folder / "data")
        self._do("initdb", "-D", self.data, "-U", "tests", "-A", "trust", "-N", "--locale=C.UTF-8")
        self.options = f"-k {self.folder} -c listen_addresses='' -c max_connections=60"
        self.options += "" if durable else f" {FORGETFUL}"
        self.start()

    def start(self) -> None:
        """Start it, again too: after a crash it first recovers what was committed."""
        self._do("pg_ctl", "-D", self.data, "-w", "-l", str(self.folder / "log"), "-o",
                 self.options, "start")  # fmt: skip
        self.admin = psycopg.connect(
            host=str(self.folder), user="tests", dbname="postgres", autocommit=True
        )

    def kill(self) -> None:
        """Let every process of it end at once, as a machine that loses its power does."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGSTOP)  # it starts no more of them
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True
        )
        for pid in [*map(int, listed.stdout.split()), postmaster]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # Their number may not be free at once, and a machine that starts anew has no such files.
        for lock in (self.folder / "data" / "postmaster.pid", *self.folder.glob(".s.PGSQL*.lock")):
            lock.unlink()
        self.admin.close()

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://tests@/{name}?host={self.folder}"

    def run(self, statement: str) -> None:
        self.admin.execute(statement.encode())

    def stop(self) -> None:
        self.admin.close()
        self._do("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _do(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.binaries / program), *arguments],
            check=True, user=self.user, cwd="/", capture_output=program != "pg_ctl",
            stdout=subprocess.DEVNULL if program == "pg_ctl" else None,
            stderr=subprocess.DEVNULL if program == "pg_ctl" else None,
        )  # fmt: skip


def _binaries() -> Path:
    """Return the folder of PostgreSQL's programs: the system's, else those of the test tools."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    spec = util.find_spec("pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL found: install the test requirements")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; return whom to run it as instead."""
    if os.geteuid() != 0:
        return None
    return next(
        (u.pw_name for u in pwd.getpwall() if u.pw_name in {"postgres", "nobody"}), "nobody"
    )
