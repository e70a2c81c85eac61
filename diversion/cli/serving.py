"""Serve: one supervisor over the web server and the scheduler, each a process of its own."""

import os

import click
from flask import Flask

from diversion.cli import doctor, servers
from diversion.cli.program import made
from diversion.cli.supervisor import Supervisor
from diversion.core import logs, schema
from diversion.core.database import db, transaction
from diversion.ledger import trial

HASHES_OF_MACHINE = 4


@click.command()
@click.option("--host", default="127.0.0.1", envvar="DIVERSION_HOST", show_default=True)
@click.option("--port", default=8000, envvar="DIVERSION_PORT", show_default=True)
@click.option("--workers", default=0, help="Web processes; 0 means one per core.")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, workers: int) -> None:
    """Run the web server and the scheduler, and start again what ends."""
    app = made(ctx)
    check(app)
    web_line = ["web", "--host", host, "--port", str(port), "--workers", str(workers)]
    keeper = Supervisor({"web": web_line, "scheduler": ["scheduler"]}, app.config["DATA_FOLDER"])
    ctx.exit(keeper.run())


@click.command()
@click.option("--host", default="127.0.0.1", envvar="DIVERSION_HOST", show_default=True)
@click.option("--port", default=8000, envvar="DIVERSION_PORT", show_default=True)
@click.option("--workers", default=0, help="Processes; 0 means one per core.")
@click.option("--waitress", is_flag=True, help="One process with threads, where there is no fork.")
@click.pass_context
def web(ctx: click.Context, host: str, port: int, workers: int, waitress: bool) -> None:
    """Run the web server alone."""
    count = workers or os.cpu_count() or 1
    os.environ.setdefault("DIVERSION_HASHES_AT_ONCE", str(max(1, HASHES_OF_MACHINE // count)))
    app = made(ctx)
    if app.config["LOOPBACK_ONLY"] and not app.config["PUBLIC_ADDRESS"]:
        app.config["PUBLIC_ADDRESS"] = f"http://localhost:{port}"
    logs.set_up(app.config["LOG_LEVEL"])
    check(app)
    if waitress or not hasattr(os, "fork"):
        servers.run_waitress(app, host, port)
    else:
        servers.run_gunicorn(app, host, port, count)


def check(app: Flask) -> None:
    """Refuse to serve what is unsafe or not migrated."""
    problems = doctor.unsafe(app)
    if problems:
        raise click.ClickException("\n".join(["Not started:", *problems]))
    with app.app_context():
        schema.check(db.engine)
        with transaction():
            trial.refuse_a_false_hash()
        db.session.remove()
        db.engine.dispose()
