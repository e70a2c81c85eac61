"""Hand the program to the commands that need it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from flask import Flask

from diversion.core import schema
from diversion.core.database import db

Maker = Callable[[], Flask]


def made(ctx: click.Context) -> Flask:
    """Build the program; a setting that can't be is a sentence, not a trace."""
    maker: Maker = ctx.obj
    try:
        return maker()
    except ValueError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def opened(ctx: click.Context) -> Iterator[Flask]:
    """Build the program and enter it, once its database is one that this release knows."""
    app = made(ctx)
    with app.app_context():
        schema.check(db.engine)
        yield app
