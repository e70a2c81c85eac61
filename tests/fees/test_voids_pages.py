"""Prove that a void is asked for by the cashier and decided the same day by somebody else."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.core.money import ZERO, Money
from diversion.fees import queries as fees
from diversion.fees import verify
from diversion.fees.models import ReceiptVoid, VoidReason
from diversion.fees.unplaced import placing
from diversion.fees.unplaced import services as unplaced
from diversion.fees.unplaced.models import UnplacedKind
from diversion.fees.unplaced.services import Handed
from diversion.fees.void_in_place import Why
from diversion.fees.void_models import PayersCopy, VoidPaper
from diversion.fees.voids import elsewhere, services
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.factories.state_money import collect_here, make_state_receipt
from tests.fees.desks import Desks, decide, desks, people, seen, text

WHY = {"reason": "wrong_amount", "copy": "payer_left"}


@pytest.fixture
def filling() -> Callable[[], object]:
    return people


@pytest.fixture
def office(app: Flask) -> Desks:
    return desks(app)


def asked(office: Desks) -> tuple[str, str]:
    """Take a payment and ask for its void; return the receipt's page and the request's."""
    receipt = office.take()
    assert office.clerk.post(f"{receipt}/void-request", data=WHY).status_code == 303
    page = text(office.manager, "/requests")
    found = re.search(r'href="(/fees/voids/[^"]+)"', page)
    assert found
    return receipt, found[1]


def test_the_cashier_asks_and_a_manager_approves(office: Desks, app: Flask) -> None:
    receipt, request = asked(office)
    page = text(office.clerk, receipt)
    assert request in page
    assert "void-request" not in page
    assert "Void of a receipt" in text(office.clerk, "/requests")
    assert "the payer had left" in text(office.manager, request)
    assert decide(office.manager, request) == 303
    assert "Not valid." in text(office.clerk, receipt)
    with app.app_context():
        assert ledger.balance(1010) == ZERO
        void, paper = db.session.query(ReceiptVoid).one(), db.session.query(VoidPaper).one()
        assert not void.copy_returned
        assert (paper.copy, void.voided_by) != (PayersCopy.RETURNED, paper.asked_by_id)


def test_the_cashier_can_withdraw_and_not_approve(office: Desks, app: Flask) -> None:
    _, request = asked(office)
    assert "Approve" not in text(office.clerk, request)
    assert decide(office.clerk, request) == 404
    assert decide(office.clerk, request, "withdrawn") == 303
    with app.app_context():
        assert ledger.balance(1010) == Money(40_000)


def test_a_refused_void_changes_nothing(office: Desks, app: Flask) -> None:
    _, request = asked(office)
    assert decide(office.manager, request, "refused") == 303
    with app.app_context():
        assert ledger.balance(1010) == Money(40_000)


def test_money_that_was_deposited_is_not_voided(office: Desks, app: Flask) -> None:
    receipt, request = asked(office)
    with app.app_context(), transaction():
        bring_to_bank(fees.receipt(receipt.rpartition("/")[2]))
    answer = office.manager.post(request, data={**seen(office.manager, request),
                                                "decision": "approved"})  # fmt: skip
    assert answer.status_code == 409
    assert "This money is no longer in the drawer." in answer.text
    assert decide(office.manager, request, "refused") == 303
    again = office.clerk.post(f"{receipt}/void-request", data=WHY)
    assert "Ask for a refund instead." in again.text
    assert "Ask for a void" not in text(office.clerk, receipt)


def test_one_void_is_asked_for_at_a_time(office: Desks) -> None:
    receipt, _ = asked(office)
    again = office.clerk.post(f"{receipt}/void-request", data=WHY)
    assert again.status_code == 409
    assert "waits for a decision" in again.get_data(as_text=True)


def test_a_void_needs_the_copy_or_its_reason(office: Desks) -> None:
    receipt = office.take()
    given = {"reason": "wrong_amount"}
    assert office.clerk.post(f"{receipt}/void-request", data=given).status_code == 422
    assert office.manager.post(f"{receipt}/void", data=given).status_code == 422


@pytest.mark.parametrize("asked_today", [True, False])
def test_a_void_counts_on_its_day_or_not_at_all(session: Session, asked_today: bool) -> None:
    participant, _ = make_debtor()
    clerk = make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")
    manager = make_staff(Role.FINANCE_APPROVER, name="Miles Soto")
    receipt = make_receipt(participant, 40_000, by=clerk)
    why = {"reason": VoidReason.WRONG_AMOUNT, "copy": PayersCopy.RETURNED, "by": clerk, "now": NOW}
    tomorrow = TODAY + timedelta(days=1)
    if not asked_today:
        with pytest.raises(services.AnotherDay):
            services.ask(receipt, on=tomorrow, **why)
        return
    paper = services.ask(receipt, on=TODAY, **why)
    with pytest.raises(services.AnotherDay):
        services.carry_out(paper, approver=manager, on=tomorrow, now=NOW + timedelta(days=1))


def test_an_auditor_asks_for_nothing(office: Desks) -> None:
    receipt, request = asked(office)
    assert office.auditor.get(f"{receipt}/void-request").status_code == 404
    assert office.auditor.get(request).status_code == 404


@pytest.mark.parametrize("kind", ["unplaced", "state-receipts"])
def test_receipts_with_a_page_of_their_own_are_voided_in_the_same_way(
    office: Desks, app: Flask, kind: str
) -> None:
    with app.app_context(), transaction():
        where = f"/fees/{kind}/{of_its_own(kind)}"
    why = {**WHY, **seen(office.clerk, where)}
    assert office.clerk.post(f"{where}/void", data=why).status_code == 404
    assert office.clerk.post(f"{where}/void-request", data=why).status_code == 303
    assert "Ask for the void" not in text(office.clerk, where)
    again = office.clerk.post(f"{where}/void-request", data=why)
    assert "waits for a decision" in again.text
    request = re.search(r'href="(/fees/voids/[^"]+)"', text(office.manager, "/requests"))
    assert request
    assert decide(office.clerk, request[1]) == 404
    assert decide(office.manager, request[1]) == 303
    assert "Not valid" in text(office.clerk, where)
    with app.app_context():
        assert db.session.query(VoidPaper).one().copy is PayersCopy.PAYER_LEFT
        assert ledger.balance(1010) == ledger.balance(7010) == ZERO
        assert verify.findings() == []


def of_its_own(kind: str) -> str:
    """Give a receipt without an account, or one of the state's fee; return its number."""
    by = make_staff(Role.FINANCE_CLERK, name="Ada Lund")
    if kind == "unplaced":
        handed = Handed(UnplacedKind.DONATION, Money(3_000), Mode.CASH)
        return unplaced.take(handed, key="u-1", by=by, on=TODAY, now=NOW).made.number
    person = collect_here(make_staff(Role.FINANCE_APPROVER, name="Ian Frost"))
    return make_state_receipt(person, 3_000, by=by).number


def test_what_was_placed_after_somebody_asked_is_not_voided(session: Session) -> None:
    clerk = make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")
    manager = make_staff(Role.FINANCE_APPROVER, name="Miles Soto")
    handed = Handed(UnplacedKind.UNIDENTIFIED, Money(3_000), Mode.CASH)
    receipt = unplaced.take(handed, key="u-1", by=clerk, on=TODAY, now=NOW).made
    why = Why(VoidReason.WRONG_AMOUNT, PayersCopy.LOST, receipt.hash16)
    paper = unplaced.ask_void(receipt, why, by=clerk, on=TODAY, now=NOW)
    said = placing.ask(receipt, make_debtor()[0], by=clerk, on=TODAY, now=NOW)
    placing.carry_out(said, approved_by=manager.id, on=TODAY, now=NOW)
    with pytest.raises(unplaced.Placed):
        elsewhere.carry_out(paper, approver=manager, on=TODAY, now=NOW)
    with pytest.raises(unplaced.Placed):
        unplaced.ask_void(receipt, why, by=clerk, on=TODAY, now=NOW)
    told = {"reason": why.reason, "copy": why.copy, "on": TODAY, "now": NOW}
    with pytest.raises(unplaced.Placed):
        services.ask(fees.receipt(receipt.number), **told, by=clerk)
