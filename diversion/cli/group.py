"""Gather the commands; each builds the program from its settings when it needs it."""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click
from flask import Flask

from diversion.core import origin
from diversion.core.errors import DomainError
from diversion.core.origin import Origin

# Where each command stands. A command is loaded when it is asked for, so that a web
# worker carries neither the scheduler nor the rehearsal with it.
COMMANDS = {
    "backup": "backups:backup",
    "checkpoint": "proof:checkpoint",
    "doctor": "doctor:doctor",
    "give-role": "accounts:give_role",
    "import": "imports:imports",
    "init": "setup:init",
    "jobs": "proof:jobs",
    "keys": "keyring:keys",
    "link": "accounts:link",
    "migrate": "migrating:migrate",
    "rehearse": "rehearse:rehearse",
    "release-lock": "accounts:release_lock",
    "restore": "backups:restore",
    "scheduler": "scheduling:scheduler",
    "serve": "serving:serve",
    "set-terms": "terms:set_terms",
    "verify": "proof:verify",
    "web": "serving:web",
}


class Commands(click.Group):
    """The commands by name; they end with a sentence, not a trace, when a rule says no."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        module, _colon, name = COMMANDS.get(cmd_name, "").partition(":")
        if not module:
            return None
        found: click.Command = getattr(import_module(f"diversion.cli.{module}"), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DomainError as no:
            raise click.ClickException(str(no.sentence)) from None


def build(create_app: Callable[[], Flask]) -> click.Group:
    """Return the command line of the program that `create_app` builds."""

    @click.group(cls=Commands)
    @click.pass_context
    def diversion(ctx: click.Context) -> None:
        """Run the working system of a county's two diversion programs."""
        os.umask(0o077)  # whatever is written here is for its owner alone
        ctx.obj = create_app
        here = Origin(kind="command", name=ctx.invoked_subcommand or "")
        ctx.with_resource(origin.coming_from(here))

    return diversion
