"""Bring the tracking workbook of the class program from the command line."""

from collections.abc import Iterable
from pathlib import Path

import click

from diversion.cli.acting import the_one
from diversion.cli.program import opened
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.money import Money
from diversion.enrollments.imports.lines import Fate
from diversion.sbad.imports import services
from diversion.sbad.imports.reading import Line
from diversion.sbad.imports.services import Check
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today

TOLD = (Fate.REPEATS, Fate.REFUSED, Fate.TOTAL)


@click.command("sbad")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before importing.")
@click.option("--as", "email", default="", help="Work email of the coordinator who imports.")
@click.pass_context
def sbad(ctx: click.Context, path: Path, dry_run: bool, yes: bool, email: str) -> None:
    """Take over a tracking workbook (.xlsx or .csv) of the class program."""
    content = path.read_bytes()
    with opened(ctx):
        sheets = services.read_sheets(content)
        with reading():
            by = the_one(Role.SBAD_COORDINATOR, email)
            checked = services.check(content, sheets, by=by, today=court_today())
        tell(checked)
        if dry_run or checked.earlier is not None or not checked.counts["create"]:
            return
        if not yes:
            click.confirm("Import them?", abort=True)
        with transaction():
            run, _new = services.take_over(
                content,
                sheets,
                by=the_one(Role.SBAD_COORDINATOR, email),
                today=court_today(),
                now=clock.now(),
            )
        click.echo(f"Imported. The run is {run.handle}; it can be undone in the browser.")


def tell(checked: Check) -> None:
    """Say what an import would do. No name is printed: the terminal keeps what it shows."""
    counts = checked.counts
    click.echo(f"To create: people {counts['create']}, payments {counts['payments']}.")
    click.echo(f"Fees {Money(counts['fees_cents'])}, paid {Money(counts['paid_cents'])}.")
    if counts["unchanged"]:
        click.echo(f"On record already: {counts['unchanged']}.")
    _tell_lines(checked.reading.of(*TOLD))
    for header in checked.reading.history:
        click.echo(f"Not read, since it looks like criminal history: column {header}.")
    if checked.reading.unread:
        click.echo(f"Columns not read: {', '.join(checked.reading.unread)}.")
    for sheet in checked.reading.left_out:
        click.echo(f"Sheet left out, since it holds no list: {sheet}.")
    if checked.earlier is not None:
        click.echo("This file was imported before. Nothing is changed.")


def _tell_lines(lines: Iterable[Line]) -> None:
    for line in lines:
        click.echo(f"{line.sheet} row {line.row}: {line.fate.value}. {line.reason}")
