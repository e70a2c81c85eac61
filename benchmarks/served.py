"""Serve a program in processes of its own, as a county does, for as long as the caller lives."""

import atexit
import os
import signal
import socket
import sqlite3
import time
from pathlib import Path

from flask import Flask, redirect, request
from werkzeug import Response

from diversion.cli import servers
from diversion.core.database import db

WORKERS, PATIENCE = 2, 30
RUNNING: list[int] = []  # the processes that serve
ROWS = """INSERT INTO entry (key) VALUES (:op);
INSERT INTO posting (cents) VALUES (100), (100), (-100), (-100);
INSERT INTO receipt (key) VALUES (:op);
INSERT INTO log (act) VALUES ('receipt taken')"""


def start(app: Flask) -> int:
    """Start the server and return its port once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    child = os.fork()
    if not child:
        try:
            os.setpgrp()
            servers.run_gunicorn(app, "127.0.0.1", port, WORKERS)
        finally:
            os._exit(0)  # what the caller does at its end is not the server's
    if not RUNNING:
        atexit.register(stop)
    RUNNING.append(child)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return port
    raise RuntimeError("the server did not begin to answer")


def bare(file: Path) -> Flask:
    """Make the least that takes a receipt: a form is read, rows are kept, the answer leads on."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{file}"  # the server lets go of it
    db.init_app(app)
    with sqlite3.connect(file) as raw:
        raw.execute("PRAGMA journal_mode=TRUNCATE")
        for table in ("entry (id INTEGER PRIMARY KEY, key)", "posting (cents)",
                      "receipt (key)", "log (act)"):  # fmt: skip
            raw.execute(f"CREATE TABLE {table}")

    @app.post("/")
    def take() -> Response:
        own = sqlite3.connect(file, isolation_level=None, timeout=10)
        own.execute("PRAGMA journal_mode=TRUNCATE")
        own.execute("PRAGMA synchronous=FULL")
        own.execute("BEGIN IMMEDIATE")
        for row in ROWS.split(";"):
            own.execute(row, {"op": request.form["op"]} if ":op" in row else {})
        own.execute("COMMIT")
        own.close()
        return redirect("/", 303)

    return app


def stop() -> None:
    """Stop whatever was started: before the end, where a database is to be stopped after it."""
    while RUNNING:
        child = RUNNING.pop()
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
