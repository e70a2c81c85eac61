"""What waits for a second person stands on one page, for those who may decide or asked."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff, sign_in


@pytest.mark.parametrize("role", [Role.FINANCE_APPROVER, Role.FINANCE_CLERK])
def test_who_works_with_money_sees_that_nothing_waits(
    app: Flask, client: FlaskClient, role: Role
) -> None:
    with app.app_context(), transaction():
        staff = make_staff(role)
    sign_in(client, staff)
    page = client.get("/requests").get_data(as_text=True)
    assert "Nothing waits for your decision." in page
    assert "Nothing that you asked for waits." in page


def test_the_front_page_of_the_fund_leads_to_the_rooms_that_are_open(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        staff = make_staff(Role.AUDITOR)
    sign_in(client, staff)
    page = client.get("/fund").get_data(as_text=True)
    for room in ("/fund/deposits", "/fund/ledger", "/fund/exports"):
        assert f'href="{room}"' in page
