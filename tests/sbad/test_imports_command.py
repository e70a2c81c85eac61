"""The workbook is taken over from the command line, after saying what it will do."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from diversion.cli.imports_sbad import sbad
from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.terms.services import set_up
from diversion.fees.models import Receipt
from diversion.participants.models import Participant
from diversion.staff.permissions import Role
from tests.core.hostile import workbook
from tests.factories.sbad import coordinator
from tests.factories.staff import make_staff
from tests.sbad.test_imports_reading import COUNTY, HALE, HEADER, needs_county

REFUSED = ["=1+1", "13/45/1990", "26CR9"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook(HEADER, HALE, HALE, REFUSED))
    return path


@pytest.fixture
def office(app: Flask) -> Flask:
    with app.app_context(), transaction():
        rosa = coordinator()
        set_up(sbad_fee=Money(50_000), in_force_on=date(2024, 1, 1), by=rosa)
    return app


def run(app: Flask, *arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(sbad, arguments, input=answer, obj=lambda: app)


def people(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).where(Participant.track == Track.SBAD)) or 0


def test_a_dry_run_says_what_would_happen_and_changes_nothing(office: Flask, file: Path) -> None:
    done = run(office, str(file), "--dry-run")
    assert done.exit_code == 0, done.output
    assert "To create: people 1, payments 1." in done.output
    assert "Fees $500.00, paid $150.00." in done.output
    assert "2026 row 3: repeats. The same person as row 2." in done.output
    assert "2026 row 4: refused." in done.output
    assert "Hale" not in done.output
    assert people(office) == 0


def test_nothing_is_imported_without_a_yes(office: Flask, file: Path) -> None:
    assert run(office, str(file), answer="n\n").exit_code == 1
    assert people(office) == 0
    assert run(office, str(file), answer="y\n").exit_code == 0
    assert people(office) == 1


def test_the_same_file_again_is_said_to_be_known(office: Flask, file: Path) -> None:
    run(office, str(file), "--yes")
    again = run(office, str(file), "--yes")
    assert "imported before" in again.output
    assert people(office) == 1


def test_with_two_coordinators_one_is_named(office: Flask, file: Path) -> None:
    with office.app_context(), transaction():
        other = make_staff(Role.SBAD_COORDINATOR, name="Iris Vale")
        make_staff(Role.INSTRUCTOR, name="Ben Castro")
        email = other.email
    refused = run(office, str(file), "--yes")
    assert refused.exit_code == 1
    assert "--as EMAIL" in refused.output
    assert run(office, str(file), "--yes", "--as", email).exit_code == 0


def test_whoever_may_not_import_does_not(office: Flask, file: Path) -> None:
    with office.app_context(), transaction():
        email = make_staff(Role.INSTRUCTOR, name="Ben Castro").email
    assert run(office, str(file), "--yes", "--as", email).exit_code == 1
    assert people(office) == 0


@needs_county
def test_the_command_says_what_is_in_the_countys_workbook(office: Flask) -> None:
    done = run(office, str(COUNTY / "sbad_tracking.xlsx"), "--dry-run")
    assert done.exit_code == 0, done.output
    assert "To create: people 112, payments 155." in done.output
    assert "Fees $98,000.00, paid $72,850.00." in done.output


def test_what_the_command_takes_over_is_what_it_said(office: Flask, file: Path) -> None:
    said = run(office, str(file), "--yes").output
    assert "To create: people 1, payments 1." in said
    assert "Fees $500.00, paid $150.00." in said
    with office.app_context():
        assert db.session.scalar(
            select(func.sum(Receipt.amount)).where(Receipt.track == Track.SBAD)
        ) == Money(15_000)
    assert people(office) == 1
