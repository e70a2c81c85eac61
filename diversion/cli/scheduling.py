"""Run the scheduler in a process of its own."""

import click

from diversion.cli.program import made
from diversion.cli.serving import check
from diversion.core import logs
from diversion.scheduler import runner


@click.command()
@click.pass_context
def scheduler(ctx: click.Context) -> None:
    """Run the scheduler alone; a second one stands by."""
    app = made(ctx)
    logs.set_up(app.config["LOG_LEVEL"])
    check(app)
    runner.serve(app)
