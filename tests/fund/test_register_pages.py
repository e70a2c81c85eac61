"""Prove that the register shows what the postings say, to those who may see it."""

from flask import Flask
from flask.testing import FlaskClient

from diversion.core import clock
from diversion.core.database import transaction
from diversion.fees.models import VoidReason
from diversion.fees.receipts.services import void
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories import fees, fund
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


def test_each_line_leads_to_its_paper_in_one_click(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        today = court_today()
        clerk, approver = make_staff(Role.FINANCE_CLERK), make_staff(Role.FINANCE_APPROVER)
        auditor = make_staff(Role.AUDITOR)
        person, _ = fees.make_debtor(on=today)
        paid = fees.make_receipt(person, 5_000, by=clerk, on=today)
        void(
            paid, reason=VoidReason.WRONG_AMOUNT, copy_returned=True, seen=paid.hash16,
            by=approver, on=today, now=clock.now(),
        )  # fmt: skip
        account, receipt = f"/fees/accounts/{person.number}", f"/fees/receipts/{paid.number}"
    sign_in(client, clerk)
    page = client.get("/fund/ledger?account=1200").text
    assert page.count(f'href="{account}"') == 1
    assert page.count(f'href="{receipt}"') == 2, "the receipt, and the void of it"
    assert f'href="{account}"' in client.get("/fund/entries/1").text
    assert f'href="{receipt}"' in client.get("/fund/entries/3").text
    sign_in(client, auditor)
    page = client.get("/fund/ledger?account=1200").text
    assert account not in page
    assert page.count(f'href="{receipt}"') == 2
