"""Prove that the register shows what the postings say, to those who may see it."""

from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.staff.permissions import Role
from tests.factories import fund
from tests.factories.staff import make_staff, sign_in


def test_the_register_leads_from_a_line_to_its_entry(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        clerk = make_staff(Role.FINANCE_CLERK)
        fund.assess(31)
        fund.take(250, by=clerk.id, obligation=31)
    sign_in(client, clerk)
    page = client.get("/fund/ledger").text
    assert "M-2026-000001" in page
    assert "250.00" in page
    assert 'href="/fund/entries/2"' in page
    entry = client.get("/fund/entries/2").text
    assert "Participant fees receivable" in entry
    assert "Rosa Delgado" in entry
