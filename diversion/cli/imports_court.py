"""Bring the Community Court list from the command line."""

from pathlib import Path

import click

from diversion.cli.acting import the_one
from diversion.cli.program import opened
from diversion.community_court.imports import services
from diversion.community_court.imports.reading import Reading
from diversion.core import clock
from diversion.core.database import transaction
from diversion.enrollments.imports.lines import Fate
from diversion.enrollments.imports.queries import standing_run
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today, court_zone

TOLD = (Fate.REPEATS, Fate.UNCHANGED, Fate.REFUSED, Fate.TOTAL)


@click.command("community-court")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before importing.")
@click.option("--as", "email", default="", help="Work email of the coordinator who imports.")
@click.pass_context
def community_court(ctx: click.Context, path: Path, dry_run: bool, yes: bool, email: str) -> None:
    """Take over a Community Court list (.xlsx or .csv)."""
    content = path.read_bytes()
    with opened(ctx):
        if standing_run(services.TRACK, services.KIND, services.digest(content)) is not None:
            click.echo("This file was imported before. Nothing is changed.")
            return
        sheets = services.read_sheets(content, today=court_today())
        found = services.preview(sheets, today=court_today())
        tell(found)
        if dry_run or not found.counted(Fate.CREATE):
            return
        if not yes:
            click.confirm("Import them?", abort=True)
        with transaction():
            run, _new = services.bring_in(
                content, sheets, zone=court_zone(), by=the_one(Role.COURT_COORDINATOR, email),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
        click.echo(f"Imported. The run is {run.handle}; it can be undone in the browser.")


def tell(found: Reading) -> None:
    """Say what an import would do. No name is printed: the terminal keeps what it shows."""
    click.echo(f"To create: people {found.counted(Fate.CREATE)}.")
    for line in found.lines:
        if line.fate in TOLD:
            click.echo(f"{line.sheet} row {line.row}: {line.fate.value}. {line.reason}")
    for header in found.history:
        click.echo(f"Not read, since it looks like criminal history: column {header}.")
    if found.unread:
        click.echo(f"Columns not read: {', '.join(found.unread)}.")
