"""Put the county's first terms in force: what the programs ask, and what the class costs."""

from datetime import date, datetime

import click

from diversion.cli.acting import holders
from diversion.cli.program import opened
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.terms import services as terms
from diversion.fees.schedules import services as schedules
from diversion.fees.schedules.services import Part
from diversion.sbad.classes.services import usual_course
from diversion.staff.models import Staff
from diversion.staff.permissions import Role

FROM = click.DateTime(formats=["%Y-%m-%d"])


@click.command("set-terms")
@click.option("--class-fee", required=True, help="What the class costs, such as 1000.")
@click.option("--from", "begins", required=True, type=FROM, help="The first day, 2024-01-01.")
@click.pass_context
def set_terms(ctx: click.Context, class_fee: str, begins: datetime) -> None:
    """Put the first terms of both programs in force; those there already stay."""
    fee, on = Money.parse(class_fee), begins.date()
    with opened(ctx), transaction():
        by = administrator()
        terms.set_up(sbad_fee=fee, in_force_on=on, by=by)
        _charge(fee, on, by)
        usual_course(by=by)
    click.echo(f"In force from {on.isoformat()}: the class costs {fee}; Community Court is free.")


def administrator() -> Staff:
    """Return the first administrator. Raises ClickException before `diversion init`."""
    found = holders(Role.ADMINISTRATOR)
    if not found:
        raise click.ClickException("There is no administrator yet. Run diversion init first.")
    return found[0]


def _charge(fee: Money, on: date, by: Staff) -> None:
    if schedules.in_force(Track.SBAD, on) is None:
        schedules.put_in_force(Track.SBAD, [Part("Program fee", fee)], by=by, on=on)
