"""Gather the commands; each builds the program from its settings when it needs it."""

import os
from collections.abc import Callable
from typing import Any

import click
from flask import Flask

from diversion.cli import (
    accounts,
    backups,
    doctor,
    imports_court,
    imports_sbad,
    keyring,
    migrating,
    proof,
    rehearse,
    serving,
    setup,
    terms,
)
from diversion.cli.imports import imports
from diversion.core import origin
from diversion.core.errors import DomainError
from diversion.core.origin import Origin

COMMANDS: tuple[click.Command, ...] = (
    setup.init, migrating.migrate, serving.serve, serving.web, serving.scheduler, proof.verify,
    doctor.doctor, backups.backup, backups.restore, keyring.keys, accounts.release_lock,
    accounts.give_role, accounts.link, proof.jobs, rehearse.rehearse, imports,
    terms.set_terms,
)  # fmt: skip
IMPORTS: tuple[click.Command, ...] = (imports_court.community_court, imports_sbad.sbad)


class Refusing(click.Group):
    """A group whose commands end with a sentence, not a trace, when a rule says no."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DomainError as no:
            raise click.ClickException(str(no.sentence)) from None


def build(create_app: Callable[[], Flask]) -> click.Group:
    """Return the command line of the program that `create_app` builds."""

    @click.group(cls=Refusing)
    @click.pass_context
    def diversion(ctx: click.Context) -> None:
        """Run the working system of a county's two diversion programs."""
        os.umask(0o077)  # whatever is written here is for its owner alone
        ctx.obj = create_app
        here = Origin(kind="command", name=ctx.invoked_subcommand or "")
        ctx.with_resource(origin.coming_from(here))

    for command in COMMANDS:
        diversion.add_command(command)
    for command in IMPORTS:
        imports.add_command(command)
    return diversion
