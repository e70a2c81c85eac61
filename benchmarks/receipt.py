"""Two cashiers take a payment at once over HTTP: the time until both have their receipt.

The limit is the same server with a program that says hello and keeps as many bare rows.
Source of the target: performance.md, section 3, for a POST that is guarded, logged and kept.
ledger.md 7.3 adds milliseconds for a machine at rest: 25 for half of them, 100 for 99 of 100.
"""

import http.client
import secrets
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from benchmarks import served
from benchmarks.county import empty
from benchmarks.report import Row
from benchmarks.timing import Job, in_turn
from diversion.core.database import db, transaction
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.fees import make_debtor
from tests.factories.staff import make_staff, sign_in

FORM = {"amount": "1.00", "mode": "cash", "reference": "", "payor": "self", "again": "y"}
Desk = tuple[str, str]  # where it posts to, and with which cookie


def program() -> Job:
    """Make the job: two people who take a dollar each toward two accounts."""
    app = empty()
    with app.app_context(), transaction():
        numbers = [make_debtor(on=court_today(), last=name)[0].number for name in ("Ash", "Bo")]
        clerks = [make_staff(Role.FINANCE_CLERK, name=f"Clerk {n}") for n in range(2)]
    desks = [
        (f"/fees/accounts/{number}/payments", _cookie(app, clerk))
        for number, clerk in zip(numbers, clerks, strict=True)
    ]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return partial(_both, served.start(app), desks, ThreadPoolExecutor(2))


def bare() -> Job:
    """Make the limit: hello, and the bare rows of a receipt kept by one full commit."""
    app = served.bare(Path(tempfile.mkdtemp(prefix="dvlimit")) / "bare.sqlite3")
    return partial(_both, served.start(app), [("/", ""), ("/", "")], ThreadPoolExecutor(2))


def _cookie(app: Flask, clerk: Staff) -> str:
    client = app.test_client()
    sign_in(client, clerk)
    found = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    return f"{found.key}={found.value}" if found else ""


def _both(port: int, desks: Sequence[Desk], pool: ThreadPoolExecutor) -> None:
    list(pool.map(partial(_post, port), desks))


def _post(port: int, desk: Desk) -> None:
    path, cookie = desk
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = urlencode({**FORM, "op": secrets.token_urlsafe(24)})
    head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    server.request("POST", path, body, head)
    answer = server.getresponse()
    answer.read()
    server.close()
    if answer.status != http.client.SEE_OTHER:
        raise RuntimeError(answer.status)


def measure() -> list[Row]:
    """Measure the receipt and return the rows of the report."""
    found = in_turn({"limit": bare, "ours": program}, rounds=150)
    return [Row("receipt by HTTP, 2 cashiers", found["ours"], found["limit"], 4)]
