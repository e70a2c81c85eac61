"""Help with accounts where no administrator can sign in."""

import click

from diversion.cli.program import opened
from diversion.cli.setup import address
from diversion.core import clock
from diversion.core.database import transaction
from diversion.staff.models import Staff
from diversion.staff.people import services as people
from diversion.staff.permissions import Role
from diversion.staff.sign_in.models import LinkKind
from diversion.staff.sign_in.services import found, make_link, release


@click.command("release-lock")
@click.argument("email")
@click.pass_context
def release_lock(ctx: click.Context, email: str) -> None:
    """Let a locked account try again."""
    with opened(ctx), transaction():
        release(_person(email), by=None)
    click.echo("Released.")


@click.command("give-role")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--name", help="Adds the account if there is none yet.")
@click.pass_context
def give_role(ctx: click.Context, email: str, role: str, name: str | None) -> None:
    """Give a role without a second administrator: for the second administrator."""
    with opened(ctx), transaction():
        now = clock.now()
        staff = found(email)
        if staff is None and name:
            staff = people.add(email, name, by=None, now=now)
        people.give_at_once(staff or _person(email), Role(role), now=now)
    click.echo("Given.")


@click.command()
@click.argument("email")
@click.pass_context
def link(ctx: click.Context, email: str) -> None:
    """Print a link with which a person chooses a password, once, within 30 minutes."""
    with opened(ctx) as app, transaction():
        token = make_link(_person(email), LinkKind.RESET, by=None, now=clock.now())
    click.echo(address(app, token))


def _person(email: str) -> Staff:
    staff = found(email)
    if staff is None:
        raise click.ClickException("There is no account with this email.")
    return staff
