"""Eight instructors mark at once over HTTP, 200 marks a second in all: how long the slowest wait.

The limit is the same server, at the same pace, with a program that says hello and keeps one
bare mark and its row of the log. A wait begins when the mark was due, not when it was sent,
so whoever falls behind shows it. Every mark that was answered is looked for afterwards.
Source of the target: performance.md, section 3.
"""

import http.client
import json
import secrets
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import select, text

from benchmarks import served
from benchmarks.county import a_class, empty
from benchmarks.report import Row
from benchmarks.timing import Figures
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.sbad.attendance.models import AttendanceMark
from diversion.staff.models import Staff
from tests import databases
from tests.factories.staff import sign_in

CLERKS, A_SECOND, SECONDS, ROUNDS = 8, 200, 3, 5
PEOPLE, TARGET = 8, 3
APART = CLERKS / A_SECOND
Mark = Callable[[int], None]


def bare(url: str) -> list[Mark]:
    """Make the limit: hello, and a bare mark with a bare row of the log in one commit."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (roll int, place int, value text)"))
        connection.execute(text("CREATE TABLE log (act text, object text)"))

    @app.post("/")
    def mark() -> str:
        with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(text("INSERT INTO mark VALUES (7, 3, 'here')"))
            connection.execute(text("INSERT INTO log VALUES ('mark', 'roll')"))
        return "hello"

    port = _served(app)
    return [partial(_post, port, "/", "", lambda _number: {"op": 1}) for _ in range(CLERKS)]


def program(app: Flask, sent: list[str]) -> list[Mark]:
    """Make the job: each instructor marks in a class of their own; `sent` are the marks."""
    with app.app_context(), transaction():
        made = [a_class(app, PEOPLE) for _ in range(CLERKS)]
    ways = [_way(app, teacher, day) for teacher, day, _rows in made]
    port = _served(app)
    return [
        partial(_post, port, f"/roll/{day}/marks", cookie, partial(_body, sent, sealed, rows))
        for (cookie, sealed), (_teacher, day, rows) in zip(ways, made, strict=True)
    ]


def _way(app: Flask, teacher: Staff, day: str) -> tuple[str, str]:
    """Sign in, open the roll, and return the cookie and the pass of the page."""
    client = app.test_client()
    sign_in(client, teacher)
    page = client.get(f"/roll/{day}").get_data(as_text=True)
    found = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    cookie = f"{found.key}={found.value}" if found else ""
    return cookie, page.partition('data-pass="')[2].partition('"')[0]


def _body(sent: list[str], sealed: str, rows: Sequence[str], number: int) -> dict[str, object]:
    op, value = secrets.token_urlsafe(18), "here" if number // PEOPLE % 2 else "absent"
    sent.append(op)
    mark = {
        "op": op, "registration": rows[number % PEOPLE], "value": value,
        "at": clock.now().isoformat(), "base_version": 0, "device": "bench",
    }  # fmt: skip
    return {"pass": sealed, "marks": [mark]}


def _served(app: Flask) -> int:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return served.start(app)


def _post(
    port: int, path: str, cookie: str, body: Callable[[int], dict[str, object]], number: int
) -> None:
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    head = {"Cookie": cookie, "Content-Type": "application/json"}
    server.request("POST", path, json.dumps(body(number)), head)
    answer = server.getresponse()
    answer.read()
    server.close()
    if answer.status != http.client.OK:
        raise RuntimeError(answer.status)


def _paced(marks: Sequence[Mark], first: int) -> float:
    """Let all mark for some seconds and return the wait that 99 of 100 stay under."""
    start, count = time.perf_counter() + 0.1, round(SECONDS / APART)

    def one(place: int) -> list[float]:
        waits = []
        for number in range(count):
            due = start + (number + place / CLERKS) * APART
            time.sleep(max(0.0, due - time.perf_counter()))
            marks[place](first + number)
            waits.append(time.perf_counter() - due)
        return waits

    with ThreadPoolExecutor(CLERKS) as pool:
        waits = sorted(wait for each in pool.map(one, range(CLERKS)) for wait in each)
    return waits[int(len(waits) * 0.99)]


def _row(name: str, limit_url: str, app: Flask) -> Row:
    """Measure both in turn after a first run of each. Raises RuntimeError if a mark is lost."""
    sent: list[str] = []
    limit, ours = bare(limit_url), program(app, sent)
    found = [(_paced(limit, n * 1000), _paced(ours, n * 1000)) for n in range(1 + ROUNDS)][1:]
    with app.app_context():
        kept = set(db.session.scalars(select(AttendanceMark.op)))
    if lost := set(sent) - kept:
        raise RuntimeError(f"{len(lost)} of {len(sent)} marks are lost")
    bare_p99, our_p99 = (list(each) for each in zip(*found, strict=True))
    return Row(f"p99 of {CLERKS} clerks, {name}", _figures(our_p99), _figures(bare_p99), TARGET)


def _figures(waits: list[float]) -> Figures:
    """Return waits as figures; the processor time is the servers' and is not known here."""
    return Figures(waits, 0, waits)


def measure() -> list[Row]:
    """Measure on both engines and return the rows of the report."""
    folder = Path(tempfile.mkdtemp(prefix="dvlimit"))
    found = [_row("SQLite", f"sqlite:///{folder / 'bare.sqlite3'}", empty())]
    server = databases.PostgreSQL(durable=True)
    try:
        for name in ("bare", "county"):
            server.run(f"CREATE DATABASE {name}")
        found.append(_row("PostgreSQL", server.url("bare"), empty(server.url("county"))))
    finally:
        served.stop()
        server.stop()
    return found
