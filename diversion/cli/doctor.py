"""Examine an installation before it serves anyone."""

import json
import sqlite3
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import Flask

from diversion.cli.program import made
from diversion.core import clock, keys, schema
from diversion.core.database import db, journal_mode, pragmas
from diversion.core.errors import DomainError
from diversion.staff.sign_in import blocklist
from diversion.web.pdf import asking

SHORTEST_SECRET = 32
OLD_LIST = timedelta(days=365)
EXAMPLE_SECRETS = ("changeme", "change-me", "secret", "default", "example", "only-for-tests")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Say what is unsafe here; exits with 1 if anything is."""
    app = made(ctx)
    problems, notes = [*unsafe(app), *_of_database(app)], list(_notes())
    if as_json:
        click.echo(json.dumps({"unsafe": problems, "notes": notes}))
    else:
        for line in problems:
            click.echo(f"UNSAFE  {line}")
        for line in notes:
            click.echo(f"note    {line}")
        if not problems:
            click.echo("Nothing unsafe was found.")
    ctx.exit(1 if problems else 0)


def unsafe(app: Flask) -> list[str]:
    """Return what keeps this installation from serving, one sentence each."""
    return [*_of_settings(app.config, bool(app.debug)), *_of_files(app.config)]


def _of_settings(settings: dict[str, Any], is_debug: bool) -> Iterator[str]:
    secret = str(settings["SECRET_KEY"] or "")
    if is_debug:
        yield "Debug is on."
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 10:
        yield f"SECRET_KEY has fewer than {SHORTEST_SECRET} signs, or too few different ones."
    if secret.lower().startswith(EXAMPLE_SECRETS):
        yield "SECRET_KEY is an example."
    if not settings["TRUSTED_HOSTS"]:
        yield "TRUSTED_HOSTS is empty: the program would answer under any name."
    if not settings["WTF_CSRF_ENABLED"]:
        yield "The protection of forms is off."
    if not settings["LOOPBACK_ONLY"] and not settings["PUBLIC_ADDRESS"].startswith("https://"):
        yield "PUBLIC_ADDRESS is not https: passwords would travel in clear."
    if not 1 <= settings["IDLE_MINUTES"] <= 30:
        yield "IDLE_MINUTES is not between 1 and 30."
    if not 1 <= settings["ABSOLUTE_HOURS"] <= 12:
        yield "ABSOLUTE_HOURS is not between 1 and 12."
    weak = settings["ARGON2_MEMORY_KIB"] < 19456 or settings["ARGON2_TIME_COST"] < 2
    if settings["PASSWORD_HASH"] == "argon2id" and weak:  # noqa: S105 (the name of a method)
        yield "The password hash is too cheap: at least 19456 KiB and a time cost of 2."


def _of_files(settings: dict[str, Any]) -> Iterator[str]:
    data = Path(settings["DATA_FOLDER"] or "/nowhere")
    if not data.is_absolute():
        yield "DATA_FOLDER is not an absolute path."
    if data.exists() and _others_may(data):
        yield "The data folder can be read by others: chmod 700."
    master = Path(settings["MASTER_KEY_FILE"] or "/nowhere")
    if not master.is_file():
        yield "MASTER_KEY_FILE names no file."
        return
    if _others_may(master):
        yield "The master key can be read by the group or by others: chmod 400."
    backups = Path(settings["BACKUP_FOLDER"] or data / "backups")
    for folder, name in ((data, "data"), (backups, "backup")):
        if master.resolve().is_relative_to(folder.resolve()):
            yield f"The master key lies in the {name} folder: a thief would get both."
    for path in sorted(data.glob("*")) if data.is_dir() else ():
        if path.is_file() and _others_may(path):
            yield f"A file of the data folder can be read by others: {path.name}"


def _of_database(app: Flask) -> Iterator[str]:
    with app.app_context():
        try:
            schema.check(db.engine)
            keys.current(keys.Purpose.AUTH)
            if db.engine.dialect.name == "sqlite":
                yield from _of_sqlite()
        except DomainError as no:
            yield str(no.sentence)


def _of_sqlite() -> Iterator[str]:
    with db.engine.connect() as connection:
        mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar()).upper()
        full = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    if mode == "WAL" and journal_mode() != "WAL":
        yield f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode."
    if full != 2 or pragmas()["synchronous"] != "FULL":
        yield "synchronous is not FULL: a power cut would lose receipts."


def _notes() -> Iterator[str]:
    made_on = blocklist.made_on()
    yield f"The list of common passwords has {blocklist.count()} words and is of {made_on}."
    if clock.now().date() - made_on > OLD_LIST:
        yield "It is older than a year: install a newer release."
    yield f"SQLite {sqlite3.sqlite_version}, journal mode {journal_mode()}."
    yield _of_papers()
    yield "Whole-disk encryption is required here; the program can't see whether it is on."
    yield "A copy of the database file is not a backup: use `diversion backup`."


def _others_may(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _of_papers() -> str:
    if not asking.is_installed():
        return "Certificates are printed from the browser; what makes PDFs is not installed."
    try:
        asking.pdf_of("<!doctype html><html lang=en><title>Test</title><p>Test</p></html>")
    except asking.NoPdf:
        return "PDFs can't be made: libpango-1.0-0, libpangoft2-1.0-0 or libharfbuzz-subset0 lacks."
    return "Certificates are given out as tagged PDF."
