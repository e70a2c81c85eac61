"""Prove that what is kept is sound, and run jobs by hand."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from diversion.audit import anchors
from diversion.audit.jobs import anchor_file
from diversion.cli.program import opened
from diversion.core.database import db, transaction
from diversion.ledger import checkpoints
from diversion.scheduler import runner, soundness
from diversion.scheduler.schedule import JOBS, named


@click.command()
@click.option(
    "--anchors", "kept", type=click.Path(path_type=Path), help="A file or folder of anchors."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def verify(ctx: click.Context, kept: Path | None, as_json: bool) -> None:
    """Check the log and the ledger; the exit code says what is wrong."""
    with opened(ctx):
        found = soundness.examine(kept or anchor_file())
        db.session.remove()
        db.engine.dispose()
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        click.echo(f"Log: {found.rows} rows. Ledger: {found.entries} entries.")
        click.echo("\n".join(found.findings) or "Sound.")
    ctx.exit(found.exit_code)


@click.command()
@click.option("--to", "path", type=click.Path(path_type=Path), help="A file on another medium.")
@click.pass_context
def checkpoint(ctx: click.Context, path: Path | None) -> None:
    """Write where the log and the ledger stand, signed, as lines of a file kept elsewhere."""
    with opened(ctx), transaction():
        file = path or anchor_file()
        anchors.append(file)
        witness = checkpoints.append(file)
    click.echo(f"Entry {witness.entry}, {witness.hash}" if witness else "No entry yet.")


@click.group()
def jobs() -> None:
    """See the schedule, or run a job now."""


@jobs.command("list")
def list_jobs() -> None:
    """Print the schedule."""
    for job in JOBS:
        click.echo(f"{job.name:16} {job.when}")


@jobs.command("run")
@click.argument("name", type=click.Choice([job.name for job in JOBS]))
@click.pass_context
def run_job(ctx: click.Context, name: str) -> None:
    """Run a job now, whether it is due or not."""
    with opened(ctx):
        failure = runner.run(named(name))
    if failure:
        raise click.ClickException(f"The job failed: {failure}")
    click.echo("Done.")
