"""Run the program in a web server: gunicorn where there is fork, else waitress."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from waitress import serve

from diversion.cli import bounded
from diversion.core.database import db

THREADS = 4
GRACE_SECONDS = 30
STILL_SECONDS = 30  # a process that says nothing for so long is started anew


class Quiet(Logger):
    """Let the server's words go through the program's own log."""

    def setup(self, cfg: Any) -> None:
        self.error_log.propagate = True
        self.error_log.setLevel("INFO")
        self.access_log.propagate = False


class Gunicorn(BaseApplication):
    """One process per core with a few threads each."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.program = app
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.program


def run_gunicorn(app: Flask, host: str, port: int, workers: int) -> None:
    """Serve until told to stop; requests at work may end within half a minute."""
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": bounded.Worker,
        "threads": THREADS,
        "timeout": STILL_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "limit_request_line": 8190,
        "proc_name": "diversion",
        "post_fork": _after_fork(app),
        "accesslog": None,
        "control_socket_disable": True,
        "logger_class": Quiet,
    }
    bounded.hide_the_name()
    Gunicorn(app, options).run()


def run_waitress(app: Flask, host: str, port: int) -> None:
    serve(app, host=host, port=port, threads=THREADS * 2, ident=None, channel_timeout=60)


def _after_fork(app: Flask) -> Any:
    def after(_server: object, _worker: object) -> None:
        """Let no two processes share a connection."""
        with app.app_context():
            db.engine.dispose(close=False)

    return after
