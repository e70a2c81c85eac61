"""Prove that the exceptions of a week are signed by somebody who did not enter them."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.fund.periods import checks
from diversion.fund.periods.models import Check
from diversion.fund.weekly import rules, services
from diversion.ledger.commands import credit, debit
from diversion.ledger.events import Event
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories import months
from tests.factories.months import NOW, OCTOBER, TODAY
from tests.factories.staff import make_staff, sign_in

MONDAY = date(2026, 10, 12)


@dataclass
class Entry:
    id: int
    actor: int
    effective_on: date = OCTOBER


@dataclass
class Signed:
    signed_by_id: int
    last_entry: int
    monday: date = MONDAY
    signed_on: date | None = None


def test_a_line_is_signed_by_another_person_of_its_week_after_it_was_posted() -> None:
    lines = [Entry(1, 7), Entry(2, 8)]
    assert rules.unsigned(lines, [Signed(7, 9)]) == [1]
    assert rules.unsigned(lines, [Signed(8, 9)]) == [2]
    assert rules.unsigned(lines, [Signed(7, 9), Signed(8, 9)]) == []
    assert rules.unsigned(lines, [Signed(9, 1)]) == [2]
    assert rules.unsigned(lines, [Signed(9, 9, date(2026, 10, 5))]) == [1, 2]


def transfer(by: Staff, second: Staff) -> int:
    lines = (debit(1020, Money(100)), credit(4300, Money(100)))
    return months.post(Event.TRANSFER_IN, *lines, by=by.id, approved_by=second.id).number


@pytest.mark.usefixtures("session")
def test_a_county_that_wants_weeks_signed_closes_no_month_without_them() -> None:
    one, other = months.two_people()
    transfer(one, other)
    asked = replace(months.asked(), weekly=True)

    def found() -> int:
        return next(x for x in checks.run(asked) if x.check is Check.SIGNED).found

    with pytest.raises(rules.NothingToSign):
        services.sign(MONDAY, by=one, on=TODAY, now=NOW)
    assert services.unsigned_of(202610, asked.month.first, asked.month.last) == [1]
    assert next(x for x in checks.run(asked) if x.check is Check.SIGNED).endpoint.startswith(
        "fund.weekly"
    )
    services.sign(MONDAY, by=other, on=TODAY, now=NOW)
    assert services.unsigned_of(202610, asked.month.first, asked.month.last) == []
    with pytest.raises(rules.NothingToSign):
        services.sign(MONDAY, by=other, on=TODAY, now=NOW)
    transfer(other, one)
    assert found() == 1


def test_a_week_is_signed_on_its_page_by_who_keeps_the_books(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        one, other = months.two_people()
        transfer(one, other)
        auditor = make_staff(Role.AUDITOR)
    page = f"/fund/exceptions/{MONDAY}"
    sign_in(client, one)
    assert "Sign the week" not in client.get(page).text
    assert client.post(page).status_code == 409
    sign_in(client, auditor)
    assert "1 to sign" in client.get("/fund/exceptions").text
    assert client.post(page).status_code == 404
    sign_in(client, other)
    assert "Sign the week" in client.get(page).text
    assert client.post(page).status_code == 303
    assert "Signed by Quin Abara" in client.get(page).text
    for wrong in ("2026-10-13", "x", "2999-01-07", "20261012"):
        assert client.get(f"/fund/exceptions/{wrong}").status_code == 404
