"""Bring a county's own files from the command line; each program has its own command."""

import click


@click.group("import")
def imports() -> None:
    """Read in a county's own file: look at it first, then take it over, all or nothing."""
