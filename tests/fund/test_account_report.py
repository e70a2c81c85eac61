"""The account of a participant says, entry by entry, what the books say about it."""

from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.audit.models import Act, AuditObject, AuditRow
from diversion.core.database import db, transaction
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.fund.statements.account import account
from diversion.fund.statements.report import Question, Report
from diversion.ledger import queries as ledger
from diversion.ledger.extracts import Range
from diversion.participants.assignments import services as assignments
from diversion.participants.assignments.models import BlockReason
from diversion.staff.permissions import Role
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff, sign_in

AT = "/fund/reports/account?from=11/01/2026&to=11/30/2026&number="


def ask(who: int, *, first: date = TODAY, last: date = TODAY, up_to: int = 0) -> Report:
    wanted = Range(first, last, up_to or ledger.head().number)
    return account(Question(wanted, 1020, who))


def amounts(report: Report) -> list[tuple[Any, ...]]:
    return [row.cells[4:] for row in report.rows]


def test_an_account_shows_what_was_charged_paid_and_kept(session: Session) -> None:
    person, _enrollment = make_debtor()
    make_receipt(person, 30_000)
    make_receipt(person, 75_000)
    report = ask(person.id)
    assert amounts(report) == [
        (ZERO, ZERO, ZERO, ZERO),
        (Money(100_000), None, None, Money(100_000)),
        (Money(-30_000), None, None, Money(70_000)),
        (Money(-70_000), Money(-5_000), None, Money(-5_000)),
        (ZERO, Money(-5_000), ZERO, Money(-5_000)),
    ]
    assert report.ties
    assert report.subject == person.number
    assert [row.cells[3] for row in report.rows[2:4]] == ["M-2026-000001", "M-2026-000002"]


def test_an_account_is_as_of_a_day_and_an_entry(session: Session) -> None:
    person, _enrollment = make_debtor(on=date(2026, 11, 2))
    make_receipt(person, 30_000)
    assert amounts(ask(person.id))[0] == (Money(100_000), ZERO, ZERO, Money(100_000))
    assert len(ask(person.id, first=date(2026, 11, 2), last=date(2026, 11, 20)).rows) == 3
    assert amounts(ask(person.id, up_to=ledger.head().number - 1))[-1][-1] == Money(100_000)


def test_an_account_holds_nothing_of_another(session: Session) -> None:
    make_receipt(make_debtor(first="Wren")[0], 30_000)
    other, _enrollment = make_debtor(first="Sorrel")
    assert amounts(ask(other.id))[-1] == (Money(100_000), ZERO, ZERO, Money(100_000))


def test_an_account_is_asked_for_by_a_number_that_one_may_see(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        mine = make_debtor(first="Wren")[0]
        kept = make_debtor(first="Sorrel")[0]
        court = make_participant(Track.COMMUNITY_COURT, first="Juniper")
        reader = make_staff(Role.FINANCE_APPROVER)
        assignments.block(reader, kept, reason=BlockReason.FAMILY, by=reader)
        numbers = [each.number for each in (mine, kept, court)]
    sign_in(client, reader)
    pages = [client.get(AT + n).get_data(as_text=True) for n in (*numbers, "26-9999-9", "x")]
    refused = ["No account has this number" in page for page in pages]
    assert refused == [False, True, True, True, True]
    assert "1,000.00" in pages[0]
    assert not any("Wren" in page or "1,000.00" in page for page in (*pages[1:], ""))
    assert client.post(AT + numbers[0]).status_code == 200
    with app.app_context():
        told = select(AuditRow.act).join(AuditObject, AuditObject.seq == AuditRow.seq)
        told = told.where(AuditRow.actor == reader.id, AuditRow.act != Act.BLOCK_PLACED)
        acts = [
            sorted(db.session.scalars(told.where(AuditObject.object == f"participant:{number}")))
            for number in numbers
        ]
    assert acts == [[Act.ACCOUNT_OPENED, Act.EXPORT_MADE], [], []]
