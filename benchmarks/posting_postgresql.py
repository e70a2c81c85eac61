"""Post on PostgreSQL, from two desks at once beside bare rows, then by the whole program.

The server keeps what it commits (fsync and synchronous commit on), as a county's does.
Source of the target: ledger.md 7.3; a rate of at least 0.30 is a time of at most 3.3 times.
"""

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.county import statements
from benchmarks.posting import LINES, MODELS, NOW, ON, posting_with
from benchmarks.report import Row
from benchmarks.timing import Job, in_turn
from diversion.app import create_app
from diversion.core.database import transaction
from diversion.ledger import chain, facts, services, writing
from diversion.ledger.events import Event
from tests import databases

CORE, EACH = 3.3, 10
POSTING = "INSERT INTO posting VALUES (%s, %s, %s, %s, %s, %s), (%s, %s, %s, %s, %s, %s)"
ENTRY = f"INSERT INTO entry VALUES ({', '.join(['%s'] * 16)})"
BARE = """CREATE TABLE entry (id int PRIMARY KEY, key text, request_hash text, event text, doc text,
  effective_on date, posted_at timestamptz, period int, actor int, approver int, reverses int,
  memo_hash text, lines int, total bigint, prev text, hash text);
CREATE TABLE posting (entry_id int, line int, account int, sub int, earmark int, cents bigint,
  PRIMARY KEY (entry_id, line))"""
Desk = Callable[[psycopg.Connection, int], object]


def bare(server: databases.PostgreSQL) -> None:
    """Make the tables of the limit: the same rows, and no rule."""
    server.run("CREATE DATABASE bare")
    with psycopg.connect(_plain(server.url("bare"))) as raw:
        raw.execute(BARE)


def guarded(server: databases.PostgreSQL, name: str) -> None:
    """Make the ledger's own tables, with every guard of the database and an open month."""
    server.run(f"CREATE DATABASE {name}")
    folder = Path(tempfile.mkdtemp(prefix="dvbench"))
    databases.migrate(server.url(name), folder)
    app = create_app({**databases.settings(folder), "DATABASE_URL": server.url(name)})
    with app.app_context(), transaction():
        services.period_of(ON, by=1, now=NOW, head=facts.lock_head())


def desks(url: str, post: Desk) -> Job:
    """Make the job: two connections post so many entries each, at once."""
    opened = [psycopg.connect(_plain(url), autocommit=True) for _ in range(2)]
    keys = count(1)
    return at_once([lambda desk=desk: post(desk, next(keys)) for desk in opened])


def one_desk(url: str) -> Job:
    """Make the job: one connection posts a bare entry."""
    desk, keys = psycopg.connect(_plain(url), autocommit=True), count(1)
    return lambda: post_bare(desk, -next(keys))


def program(url: str) -> Job:
    """Make the job: one entry by the program."""
    folder = Path(tempfile.mkdtemp(prefix="dvbench"))
    return posting_with(create_app({**databases.settings(folder), "DATABASE_URL": url}), "desk")


def at_once(posts: list[Job]) -> Job:
    pool = ThreadPoolExecutor(len(posts))

    def work(post: Job) -> None:
        for _ in range(EACH):
            post()

    return lambda: list(pool.map(work, posts))


def post_bare(desk: psycopg.Connection, number: int) -> None:
    rows = [(number, n, x.account, x.sub, x.earmark, x.cents) for n, x in enumerate(LINES, 1)]
    with desk.transaction():
        desk.execute(POSTING, [value for row in rows for value in row])
        desk.execute(ENTRY, list(_entry(number, number, chain.FIRST).values()))


def post_guarded(desk: psycopg.Connection, number: int) -> None:
    with desk.transaction():
        head = desk.execute("SELECT seq, hash FROM chain_head FOR UPDATE").fetchone()
        if head is None:
            raise RuntimeError("no head")
        entry = _entry(head[0] + 1, number, head[1])
        desk.execute(writing.AT_ONCE, writing.at_once(entry, LINES))


def _entry(number: int, key: int, prev: str) -> dict[str, Any]:
    sealed = chain.Sealed(
        number, f"bench {key}", "A" * 64, Event.INTEREST, "", ON, NOW, 202611, 1, None, None,
        chain.NO_MEMO, len(LINES), 100,
    )  # fmt: skip
    hash_ = chain.link(prev, chain.canonical(sealed, LINES))
    return {**vars(sealed), "prev": prev, "hash": hash_}


def measure() -> list[Row]:
    """Measure posting at the three heights and return the rows of the report."""
    server = databases.PostgreSQL(durable=True)
    try:
        bare(server)
        for name in ("core", "models", "counted"):
            guarded(server, name)
        found = in_turn(
            {
                "bare": partial(desks, server.url("bare"), post_bare),
                "core": partial(desks, server.url("core"), post_guarded),
                "one": partial(one_desk, server.url("bare")),
                "models": partial(program, server.url("models")),
            },
            rounds=60,
        )
        sent = statements(program(server.url("counted")))
    finally:
        server.stop()
    name = "post, PostgreSQL"
    return [
        Row(f"{name}, 20 by 2 desks", found["core"], found["bare"], CORE),
        Row(f"{name}, whole program", found["models"], found["one"], MODELS, sent),
    ]


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg", "postgresql")
