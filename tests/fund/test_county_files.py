"""The county's own files, to the cent: its tracking workbook, and its June over that.

Taking over the whole workbook takes seconds, so both tests start from one taking over.
"""

import json
from collections.abc import Callable, Generator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.enrollments.imports.models import ImportRun
from diversion.fees import queries as fees
from diversion.fees import verify as fees_verify
from diversion.fees.models import Obligation, Receipt
from diversion.fund import verify
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.participants.models import Participant
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import rolled_back
from tests.factories.staff import make_staff
from tests.fund.test_bank_june import NOW, C, D, R, figures_now, reconcile, workbook_of
from tests.sbad.test_imports_reading import COUNTY, needs_county

pytestmark = needs_county


def taken_over() -> None:
    workbook_of((COUNTY / "sbad_tracking.xlsx").read_bytes())


@pytest.fixture
def county(engine_name: str, lasting: Callable[..., Flask]) -> Generator[Session]:
    with rolled_back(lasting(engine_name, taken_over)) as session:
        yield session


def count(session: Session, table: type[Any]) -> int:
    query = select(func.count()).where(table.track == Track.SBAD)
    return session.scalar(query) or 0


def test_the_countys_workbook_is_taken_over_to_the_cent(county: Session) -> None:
    expected = json.loads((COUNTY / "expected.json").read_text(encoding="utf-8"))["totals"]
    run = county.scalars(select(ImportRun)).one()
    assert count(county, Participant) == expected["sbad_people"] == run.counts["create"]
    assert county.scalar(select(func.sum(Obligation.amount))) == Money(expected["fees_cents"])
    assert county.scalar(select(func.sum(Receipt.amount))) == Money(expected["paid_cents"])
    assert count(county, Receipt) == expected["payments"]
    owed = fees.owed_by(
        county.scalars(select(Participant.id).where(Participant.track == Track.SBAD)).all()
    )
    assert Money.total(owed.values()) == Money(expected["fees_cents"] - expected["paid_cents"])
    assert (run.counts["repeats"], run.counts["refused"], run.counts["total"]) == (3, 3, 3)
    assert count(county, Registration) == expected["sbad_people"]


def test_the_countys_june_reconciles_to_the_cent(county: Session) -> None:
    helen = make_staff(Role.FINANCE_APPROVER, name="Helen Park")
    omar = make_staff(Role.FINANCE_APPROVER, name="Omar Reyes")
    june = (COUNTY / "treasurer_statement_2026-06.csv").read_bytes()
    assert reconcile(june, helen, omar) == [D, D, D, D, R, C]
    found = figures_now()
    assert found.bank == Money(1_483_367)
    assert found.books == Money(270_000 - 20_000 - 1_200)
    assert found.open_lines == ()
    assert found.outstanding == ZERO
    # What is left is what the treasurer had before June, which no file tells.
    assert found.gap == found.unexplained == Money(1_234_567)
    open_books(1_234_567, helen, omar)
    assert figures_now().unexplained == ZERO
    assert ledger.balance(1020) == Money(1_483_367)
    assert [*fees_verify.findings(), *verify.findings()] == []


def open_books(cents: int, by: Staff, second: Staff) -> None:
    """Say what the treasurer had before these books (E38)."""
    amount = Money(cents)
    lines = [debit(1020, amount), credit(3000, amount)]
    books.post(Command(Event.OPENING, lines), key="opening", by=by.id, approved_by=second.id,
               on=date(2025, 12, 31), now=NOW)  # fmt: skip
