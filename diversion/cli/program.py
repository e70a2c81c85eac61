"""Hand the program to the commands that need it."""

from collections.abc import Callable

import click
from flask import Flask

Maker = Callable[[], Flask]


def made(ctx: click.Context) -> Flask:
    """Build the program; a setting that can't be is a sentence, not a trace."""
    maker: Maker = ctx.obj
    try:
        return maker()
    except ValueError as error:
        raise click.ClickException(str(error)) from None
