"""A new county sets its terms by one command, and then everything can begin."""

from datetime import date

from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from diversion.cli.terms import set_terms
from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.terms.models import ProgramVersion
from diversion.enrollments.terms.queries import version_in_force
from diversion.fees.schedules.services import in_force
from diversion.sbad.classes.queries import courses
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff

ARGUMENTS = ["--class-fee", "1,000", "--from", "2024-01-01"]


def test_terms_fee_and_course_are_set_once(app: Flask) -> None:
    with app.app_context(), transaction():
        make_staff(Role.ADMINISTRATOR)
    for _twice in range(2):
        done = CliRunner().invoke(set_terms, ARGUMENTS, obj=lambda: app)
        assert done.exit_code == 0, done.output
    with app.app_context():
        on = date(2024, 1, 1)
        terms = version_in_force(Track.SBAD, on)
        assert terms is not None
        assert terms.fee == Money(100_000)
        assert in_force(Track.SBAD, on) is not None
        assert db.session.scalar(select(func.count()).select_from(ProgramVersion)) == 2
        assert len(courses(on)) == 1


def test_without_an_administrator_nothing_is_set(app: Flask) -> None:
    done = CliRunner().invoke(set_terms, ARGUMENTS, obj=lambda: app)
    assert done.exit_code == 1
    assert "diversion init" in done.output
