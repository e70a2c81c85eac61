"""The county's own June: its statement over its own tracking workbook, to the cent."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.core.workbooks import reading as workbooks
from diversion.enrollments.terms.services import set_up
from diversion.fund.reconciliation import papers, queries, services, tables
from diversion.fund.reconciliation.models import Meaning
from diversion.fund.reconciliation.services import Choice
from diversion.ledger import queries as ledger
from diversion.sbad.imports import services as imports
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.sbad import coordinator
from tests.factories.staff import make_staff
from tests.sbad.test_imports_reading import COUNTY, TODAY, needs_county

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture
def helen(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Helen Park")


@pytest.fixture
def omar(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Omar Reyes")


def june() -> bytes:
    return (COUNTY / "treasurer_statement_2026-06.csv").read_bytes()


def take_over_the_workbook() -> None:
    rosa = coordinator()
    set_up(sbad_fee=Money(50_000), in_force_on=date(2026, 1, 1), by=rosa)
    content = (COUNTY / "sbad_tracking.xlsx").read_bytes()
    imports.take_over(content, workbooks.read(content), by=rosa, today=TODAY, now=NOW)


@needs_county
def test_june_reconciles_over_the_imported_receipts(
    session: Session, helen: Staff, omar: Staff
) -> None:
    take_over_the_workbook()
    statement, is_new = services.bring(tables.read(june(), today=TODAY), by=helen, now=NOW)
    assert is_new
    lines = queries.lines_of(statement.id)
    found = services.proposals(lines)
    assert [found[line.id].meaning for line in lines] == [
        Meaning.DEPOSIT, Meaning.DEPOSIT, Meaning.DEPOSIT, Meaning.DEPOSIT, Meaning.RETURNED,
        Meaning.CHARGE,
    ]  # fmt: skip
    assert [len(found[line.id].items) for line in lines] == [2, 1, 2, 1, 1, 0]
    choices = [Choice(n, found[n.id].meaning, found[n.id].items) for n in lines]
    said = services.say(choices, by=helen, on=TODAY, now=NOW)
    assert not said.is_posted
    papers.carry_out(said.paper, approved_by=omar.id, on=TODAY, now=NOW)
    assert ledger.balance(1020) == Money(270_000 - 20_000 - 1_200)
