"""Post entries one a transaction: bare rows, the guarded tables alone, and the whole program.

Source of the targets: ledger.md 7.3. A rate of at least 0.40, or 0.15,
is a time of at most 2.5, or 6.7, times.
"""

import sqlite3
import tempfile
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from flask import Flask

from benchmarks.county import empty, statements
from benchmarks.report import Row
from benchmarks.timing import Job, in_turn
from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.ledger import chain, connection, services
from diversion.ledger.commands import Command, Line, credit, debit
from diversion.ledger.events import Event

ON, NOW = date(2026, 11, 21), datetime(2026, 11, 21, 17, tzinfo=UTC)
LINES = (Line(1020, 100), Line(4200, -100))
CORE, MODELS = 2.5, 6.7
ENTRY = """INSERT INTO entry (id, key, request_hash, event, doc, effective_on, posted_at, period,
  actor, approver, reverses, memo_hash, lines, total, prev, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
POSTING = "INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?)"
BARE = """CREATE TABLE entry (id INTEGER PRIMARY KEY, key, request_hash, event, doc, effective_on,
  posted_at, period, actor, approver, reverses, memo_hash, lines, total, prev, hash);
CREATE TABLE posting (entry_id, line, account, sub, earmark, cents,
  PRIMARY KEY (entry_id, line)) WITHOUT ROWID"""


def bare() -> Job:
    """Make the limit: the same rows into tables without a rule, FULL, one a transaction."""
    raw = _opened(Path(tempfile.mkdtemp(prefix="dvbare")) / "bare.sqlite3")
    raw.executescript(BARE)
    return _writing(raw)


def core() -> Job:
    """Make the same rows into the ledger's own tables, with every guard of the database."""
    app = empty()
    with app.app_context():
        with transaction():
            services.period_of(ON, by=1, now=NOW, head=services.facts.lock_head())
        path = database()
    raw = _opened(path)
    connection.guard(raw)
    return _writing(raw)


def models() -> Job:
    """Make one entry as the program posts it: rules, lock, chain, models."""
    return posting_with(empty(), "bench")


def posting_with(app: Flask, who: str) -> Job:
    """Make the job to post one entry by the program; `who` keeps keys apart."""
    numbers = count(1)
    lines = (debit(1020, Money(100)), credit(4200, Money(100)))

    def job() -> None:
        with app.app_context():
            with transaction():
                command = Command(Event.INTEREST, lines)
                services.post(command, key=f"{who} {next(numbers)}", by=1, on=ON, now=NOW)
            db.session.remove()

    return job


def measure() -> list[Row]:
    """Measure posting at the three heights and return the rows of the report."""
    found = in_turn({"bare": bare, "core": core, "models": models}, rounds=400)
    return [
        Row("post, database alone", found["core"], found["bare"], CORE),
        Row("post, whole program", found["models"], found["bare"], MODELS, statements(models())),
    ]


def database() -> Path:
    """Return the file of the program whose context is open."""
    return Path(str(db.engine.url.database))


def _opened(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode = TRUNCATE")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA recursive_triggers = ON")
    return raw


def _writing(raw: sqlite3.Connection) -> Job:
    last = {"hash": chain.FIRST}
    numbers = count(1)

    def job() -> None:
        number = next(numbers)
        sealed = chain.Sealed(
            number, f"bench {number}", "A" * 64, Event.INTEREST, "", ON, NOW, 202611, 1, None, None,
            chain.NO_MEMO, len(LINES), 100,
        )  # fmt: skip
        hash_ = chain.link(last["hash"], chain.canonical(sealed, LINES))
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            POSTING,
            [(number, n, x.account, x.sub, x.earmark, x.cents) for n, x in enumerate(LINES, 1)],
        )
        raw.execute(ENTRY, columns(sealed, last["hash"], hash_))
        raw.execute("COMMIT")
        last["hash"] = hash_

    return job


def columns(sealed: chain.Sealed, prev: str, hash_: str) -> tuple[object, ...]:
    told = {
        **vars(sealed), "event": str(sealed.event), "effective_on": sealed.effective_on.isoformat(),
        "posted_at": sealed.posted_at.strftime("%Y-%m-%d %H:%M:%S.000000"),
    }  # fmt: skip
    return (*told.values(), prev, hash_)
