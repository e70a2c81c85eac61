"""Bring a county's own files from the command line; each program has its own command."""

import click

from diversion.cli import imports_court, imports_sbad


@click.group("import")
def imports() -> None:
    """Read in a county's own file: look at it first, then take it over, all or nothing."""


imports.add_command(imports_court.community_court)
imports.add_command(imports_sbad.sbad)
