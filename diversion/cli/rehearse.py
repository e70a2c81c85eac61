"""Make the fictional county year, and serve it."""

import os
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade

from diversion.cli import serving
from diversion.cli.program import made
from diversion.cli.rehearsal import cast, county, story
from diversion.cli.setup import make_keys
from diversion.core import clock, keys
from diversion.core.database import db


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), required=True)
@click.option("--serve", is_flag=True, help="Serve the county once it is there.")
@click.option("--anew", is_flag=True, help="Make it anew although it ends today.")
@click.option("--port", default=8000, envvar="DIVERSION_PORT", show_default=True)
@click.pass_context
def rehearse(ctx: click.Context, folder: Path, serve: bool, anew: bool, port: int) -> None:
    """Make a fictional county year that ends today; nobody in it exists."""
    folder = folder.resolve()
    os.environ.update(county.settings(folder))
    app = made(ctx)
    today = clock.today(app.config["COURT_ZONE"])
    if anew or not county.is_current(folder, today):
        _make(ctx, folder)
    if serve:
        _greet(port)
        ctx.invoke(serving.serve, port=port)


def _make(ctx: click.Context, folder: Path) -> None:
    """Make the year from nothing: an earlier one, or half of one, is removed."""
    click.echo("Making the fictional county year. This takes less than a minute.")
    try:
        county.make_room(folder)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    os.environ.update(county.settings(folder))
    app = made(ctx)
    _lay_out(app)
    with app.app_context():
        upgrade()
        make_keys()
        told = story.tell(app.config["COURT_ZONE"])
        county.finish(folder, clock.today(app.config["COURT_ZONE"]))
        db.session.remove()
        db.engine.dispose()
    click.echo(
        f"{told.acts} acts: {told.survivors} people in Community Court, "
        f"{told.attendees} referred to the class."
    )


def _lay_out(app: Flask) -> None:
    Path(app.config["DATA_FOLDER"]).mkdir(parents=True, exist_ok=True, mode=0o700)
    master = Path(app.config["MASTER_KEY_FILE"])
    if not master.exists():
        keys.new_master(master)


def _greet(port: int) -> None:
    click.echo(f"\nOpen http://localhost:{port}/ – practice data, every person in it is fictional.")
    click.echo("The sign-in page shows each one's password and present code:\n")
    for part in cast.PARTS.values():
        click.echo(f"  {part.email:24} {part.about}")
    click.echo(f"\nPassword of all: {cast.PASSWORD}\nStop with Ctrl+C.\n")
