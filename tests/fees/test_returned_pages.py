"""Prove that a returned check is noted by one person and posted by two."""

from collections.abc import Callable

import pytest
from flask import Flask

from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.fees import queries
from diversion.ledger import queries as ledger
from tests.factories.cash import bring_to_bank
from tests.fees.desks import Desks, decide, desks, people, text

NOTICE = {"kind": "returned", "reason": "insufficient_funds", "reference": "NSF-77"}


@pytest.fixture
def filling() -> Callable[[], object]:
    return people


@pytest.fixture
def office(app: Flask) -> Desks:
    return desks(app)


def bounced(office: Desks, app: Flask) -> str:
    receipt = office.take(mode="check", reference="1021")
    with app.app_context(), transaction():
        bring_to_bank(queries.receipt(receipt.rpartition("/")[2]))
    return receipt


def test_two_people_take_a_check_back(office: Desks, app: Flask) -> None:
    receipt = bounced(office, app)
    asked = office.clerk.post(f"{receipt}/returned", data=NOTICE)
    assert asked.status_code == 303
    assert "Returned item" in text(office.manager, "/requests")
    assert "Not enough money" in text(office.manager, asked.location)
    assert decide(office.manager, asked.location) == 303
    assert "Owed again: $400.00." in text(office.manager, asked.location)
    page = text(office.clerk, receipt)
    assert "Owed now: $1,000.00" in page
    assert "took this payment back. It does not count as paid." in page
    assert f"{receipt}/returned" not in page
    assert "took this payment back" in text(office.clerk, f"{receipt}/print")
    assert "Returned check" in text(office.auditor, "/fees/returned")
    with app.app_context():
        assert ledger.balance(1020) == Money(0)


def test_what_the_bank_does_not_have_is_refused_in_words(office: Desks) -> None:
    receipt = office.take(mode="check", reference="1021")
    answer = office.clerk.post(f"{receipt}/returned", data=NOTICE)
    assert answer.status_code == 409
    assert "not confirmed by the bank yet" in answer.get_data(as_text=True)


def test_no_fee_is_offered_where_the_county_charges_none(office: Desks, app: Flask) -> None:
    receipt = bounced(office, app)
    assert 'name="fee"' not in text(office.clerk, f"{receipt}/returned")
    app.config["RETURNED_ITEM_FEE_CENTS"] = 3_500
    assert 'name="fee"' in text(office.clerk, f"{receipt}/returned")
    dear = office.clerk.post(f"{receipt}/returned", data={**NOTICE, "fee": "36"})
    assert "At most $35.00" in dear.get_data(as_text=True)
    asked = office.clerk.post(f"{receipt}/returned", data={**NOTICE, "fee": "35"}).location
    assert decide(office.manager, asked) == 303
    assert "Owed now: $1,035.00" in text(office.clerk, receipt)


def test_an_auditor_reads_and_notes_nothing(office: Desks, app: Flask) -> None:
    receipt = bounced(office, app)
    assert office.auditor.get(f"{receipt}/returned").status_code == 404
    asked = office.clerk.post(f"{receipt}/returned", data=NOTICE).location
    assert office.auditor.get(asked).status_code == 200
    assert office.auditor.post(asked, data={}).status_code == 404
