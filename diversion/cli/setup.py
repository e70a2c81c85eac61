"""Make a new installation."""

import os
from pathlib import Path

import click
from flask import Flask, url_for
from flask_migrate import upgrade
from sqlalchemy import select

from diversion.cli.opening import open_programs
from diversion.cli.program import made
from diversion.core import clock, keys, schema
from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.staff.models import Staff
from diversion.staff.people import services as people
from diversion.staff.permissions import Role
from diversion.staff.sign_in.models import LinkKind
from diversion.staff.sign_in.services import make_link

PORT = "DIVERSION_PORT"


@click.command()
@click.option("--email", prompt="Work email of the first administrator")
@click.option("--name", prompt="Name of the first administrator")
@click.option("--fee", prompt="Fee of the class program in dollars, 0 for none")
@click.pass_context
def init(ctx: click.Context, email: str, name: str, fee: str) -> None:
    """Make an empty installation and a link for its first administrator."""
    amount = Money.parse(fee)
    app = made(ctx)
    _make_folders(app)
    with app.app_context():
        if schema.of(db.engine).present is not None and _anyone():
            raise click.ClickException("This installation has accounts already.")
        upgrade()
        make_keys()
        with transaction():
            token = first_administrator(email, name)
            open_programs(amount, on=clock.today(app.config["COURT_ZONE"]))
    click.echo("The installation is made. Open this once, within 24 hours:")
    click.echo(address(app, token))


def make_keys() -> None:
    """Make the ring of keys, which everything that follows is sealed and recorded with."""
    with transaction():
        keys.make_ring()


def first_administrator(email: str, name: str) -> str:
    """Add the first administrator and return the token of a link that expires in 24 hours."""
    now = clock.now()
    staff = people.add(email, name, by=None, now=now)
    people.give_at_once(staff, Role.ADMINISTRATOR, now=now)
    return make_link(staff, LinkKind.FIRST, by=None, now=now)


def address(app: Flask, token: str) -> str:
    """Return the full address of a one-time link."""
    with app.test_request_context():
        path = url_for("staff.sign_in.welcome", token=token)
    root = app.config["PUBLIC_ADDRESS"] or f"http://localhost:{os.environ.get(PORT, '8000')}"
    return f"{root.rstrip('/')}{path}"


def _make_folders(app: Flask) -> None:
    if not app.config["MASTER_KEY_FILE"]:
        raise click.ClickException("Set DIVERSION_MASTER_KEY_FILE: a path outside the data folder.")
    Path(app.config["DATA_FOLDER"]).mkdir(parents=True, exist_ok=True, mode=0o700)
    master = Path(app.config["MASTER_KEY_FILE"])
    if not master.exists():
        keys.new_master(master)
        click.echo(f"A new master key lies in {master}. Keep a copy apart from every backup.")


def _anyone() -> bool:
    return db.session.scalar(select(Staff.id).limit(1)) is not None
