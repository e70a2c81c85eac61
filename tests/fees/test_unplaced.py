"""Prove that money without an account has its number, and is placed once, whole, by two people."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from diversion.core.database import transaction
from diversion.core.money import ZERO, Money
from diversion.fees import queries as fees
from diversion.fees import verify
from diversion.fees.codes import ReturnReason
from diversion.fees.exported import taken_back
from diversion.fees.models import VoidReason
from diversion.fees.returned import services as returned
from diversion.fees.returned.models import ReturnKind
from diversion.fees.returned.services import Notice
from diversion.fees.unplaced import placing, services
from diversion.fees.unplaced.models import UnplacedKind, UnplacedReceipt, UnplacedReturn
from diversion.fees.unplaced.queries import receipt as by_number
from diversion.fees.unplaced.queries import said_of
from diversion.fees.unplaced.services import Handed
from diversion.fees.unplaced_returns import services as returns
from diversion.fees.void_in_place import Why
from diversion.fees.void_models import PayersCopy
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import Command, Mode, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.models import Staff
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_marked_debtor, make_receipt
from tests.fees.desks import Desks, decide, desks, seen, text


def take(by: Staff, cents: int = 30_000, kind: UnplacedKind = UnplacedKind.UNIDENTIFIED,
         mode: Mode = Mode.CHECK, key: str = "u-1") -> UnplacedReceipt:  # fmt: skip
    handed = Handed(kind, Money(cents), mode, "" if mode is Mode.CASH else "88")
    return services.take(handed, key=key, by=by, on=TODAY, now=NOW).made


def placed(receipt: UnplacedReceipt, who, clerk: Staff, manager: Staff):  # type: ignore[no-untyped-def]
    said = placing.ask(receipt, who, by=clerk, on=TODAY, now=NOW)
    return placing.carry_out(said, approved_by=manager.id, on=TODAY, now=NOW)


def back(receipt: UnplacedReceipt, by: Staff, second: Staff) -> UnplacedReturn:
    """Return a check that the bank has."""
    told = {"by": by, "approved_by": second.id, "on": TODAY, "now": NOW}
    return returns.return_at_once(receipt, ReturnReason.INSUFFICIENT_FUNDS, "NSF-1", **told)


def test_unidentified_money_waits_in_suspense_under_its_number(clerk: Staff) -> None:
    receipt = take(clerk)
    assert receipt.number == "M-2026-000001"
    assert (ledger.balance(1010), ledger.balance(2400)) == (Money(30_000), Money(-30_000))
    assert take(clerk).id == receipt.id
    assert verify.findings() == []


def test_a_donation_is_revenue_at_once(clerk: Staff) -> None:
    take(clerk, kind=UnplacedKind.DONATION, mode=Mode.CASH)
    assert (ledger.balance(1010), ledger.balance(4300)) == (Money(30_000), Money(-30_000))
    assert verify.findings() == []


@pytest.mark.parametrize("cents", [30_000, 100_000, 130_000])
def test_placed_money_settles_what_is_owed_and_the_rest_is_a_credit(
    clerk: Staff, manager: Staff, cents: int
) -> None:
    person, _ = make_debtor()
    made = placed(take(clerk, cents), person, clerk, manager)
    owed = max(100_000 - cents, 0)
    assert fees.owed_by([person.id])[person.id] == Money(owed)
    assert fees.credit_of(person.id) == Money(max(cents - 100_000, 0))
    assert (ledger.balance(2400), made.owed_after) == (ZERO, Money(owed))
    assert verify.findings() == []


def test_money_at_the_bank_moves_to_the_purpose_of_its_fee(
    session: Session, clerk: Staff, manager: Staff
) -> None:
    person, purpose = make_marked_debtor()
    receipt = take(clerk, 30_000)
    bring_to_bank(receipt)  # type: ignore[arg-type]
    placed(receipt, person, clerk, manager)
    assert (ledger.balance(1020, 0, purpose), ledger.balance(1020, 0, 0)) == (Money(30_000), ZERO)


def test_money_is_placed_once(clerk: Staff, manager: Staff) -> None:
    person, _ = make_debtor()
    receipt = take(clerk)
    with pytest.raises(LedgerRefused):
        placed(receipt, person, clerk, clerk)
    with pytest.raises(placing.SaidAlready):
        placing.ask(receipt, person, by=clerk, on=TODAY, now=NOW)
    said = said_of(receipt.id)[0]
    placing.carry_out(said, approved_by=manager.id, on=TODAY, now=NOW)
    with pytest.raises(placing.NotWaiting):
        placing.carry_out(said, approved_by=manager.id, on=TODAY, now=NOW)


def void(receipt: UnplacedReceipt, *, by: Staff) -> None:
    why = Why(VoidReason.WRONG_AMOUNT, PayersCopy.LOST, receipt.hash16)
    services.void(receipt, why, by=by, on=TODAY, now=NOW)


def test_who_took_it_does_not_void_it_and_what_is_placed_is_not_voided(
    clerk: Staff, manager: Staff
) -> None:
    person, _ = make_debtor()
    first, second = take(clerk), take(clerk, key="u-2")
    with pytest.raises(LedgerRefused):
        void(first, by=clerk)
    void(first, by=manager)
    assert ledger.balance(2400) == Money(-30_000)
    placed(second, person, clerk, manager)
    with pytest.raises(services.Placed):
        void(second, by=manager)
    assert verify.findings() == []


def test_numbers_go_on_through_both_kinds_of_receipt(clerk: Staff) -> None:
    person, _ = make_debtor()
    numbers = [take(clerk).number, make_receipt(person, 100, by=clerk).number]
    assert numbers == ["M-2026-000001", "M-2026-000002"]


def test_two_people_place_money_on_an_account(app: Flask) -> None:
    office: Desks = desks(app)
    form = {"op": "u" * 24, "kind": "unidentified", "amount": "300", "mode": "check",
            "reference": "88"}  # fmt: skip
    assert office.clerk.post("/fees/unplaced/new", data={**form, "mode": "card"}).status_code == 422
    where = office.clerk.post("/fees/unplaced/new", data=form).location
    assert "Not placed" in text(office.auditor, "/fees/unplaced?state=open")
    assert office.clerk.post(where, data={"number": "26-9999-9"}).status_code == 404
    asked = office.clerk.post(where, data={"number": office.number}).location
    assert "Unidentified money" in text(office.manager, "/requests")
    assert decide(office.manager, asked) == 303
    receipt = where.replace("unplaced", "receipts")
    assert "Owed now: $700.00" in text(office.clerk, receipt)
    assert "Everything is placed" in text(office.auditor, "/fees/unplaced?state=open")


def test_the_page_of_a_receipt_without_an_account_is_found_by_its_number(app: Flask) -> None:
    office: Desks = desks(app)
    form = {"op": "u" * 24, "kind": "donation", "amount": "30", "mode": "cash"}
    where = office.clerk.post("/fees/unplaced/new", data=form).location
    assert office.clerk.post("/fees/unplaced/new", data=form).location == where
    assert "Already recorded as M-" in text(office.clerk, where)
    assert office.auditor.get(where.replace("unplaced", "receipts")).location == where
    assert "Donation" in text(office.auditor, where)
    void = {"reason": "wrong_amount", "copy": "lost", **seen(office.manager, where)}
    assert office.clerk.post(f"{where}/void", data=void).status_code == 404
    for short in ("copy", "seen"):
        said = {**void, short: ""}
        assert office.manager.post(f"{where}/void", data=said).status_code in (409, 422)
    assert office.manager.post(f"{where}/void", data=void).status_code == 303
    with app.app_context(), transaction():
        assert verify.findings() == []


def test_the_ledger_itself_asks_for_two_people_where_money_is_placed(clerk: Staff) -> None:
    person, _ = make_debtor()
    receipt = take(clerk)
    lines = [debit(2400, receipt.amount, receipt.id), credit(2100, receipt.amount, person.id)]
    with pytest.raises(LedgerRefused, match="second person"):
        books.post(Command(Event.APPLY, lines), key="alone", by=clerk.id, on=TODAY, now=NOW)


@pytest.mark.parametrize("kind", UnplacedKind)
def test_a_check_without_an_account_that_comes_back_takes_its_money_along_once(
    clerk: Staff, manager: Staff, kind: UnplacedKind
) -> None:
    receipt = take(clerk, kind=kind)
    with pytest.raises(returns.NotReturnable):
        back(receipt, clerk, manager)
    bring_to_bank(receipt)
    with pytest.raises(LedgerRefused):
        back(receipt, clerk, clerk)
    back(receipt, clerk, manager)
    assert {ledger.balance(code) for code in (1010, 1020, 2400, 4300)} == {ZERO}
    assert taken_back([receipt.id], ledger.head().number) == {receipt.id: "returned"}
    with pytest.raises(returns.NotReturnable):
        back(receipt, clerk, manager)
    with pytest.raises(placing.NotWaiting):
        placed(receipt, make_debtor()[0], clerk, manager)
    assert verify.findings() == []


def test_what_was_placed_comes_back_on_its_account(clerk: Staff, manager: Staff) -> None:
    person, _ = make_debtor()
    receipt = take(clerk, 130_000)
    bring_to_bank(receipt)
    noted = returns.ask(receipt, ReturnReason.OTHER, "N", by=clerk, on=TODAY, now=NOW)
    placed(receipt, person, clerk, manager)
    with pytest.raises(returns.OnAnAccount):
        returns.carry_out(noted, approved_by=manager.id, on=TODAY, now=NOW)
    notice = Notice(ReturnKind.RETURNED, ReturnReason.OTHER, "N")
    returned.return_item(
        receipt.number, notice, by=clerk, approved_by=manager.id, on=TODAY, now=NOW
    )
    assert fees.owed_by([person.id])[person.id] == Money(100_000)
    assert {ledger.balance(code) for code in (1010, 1020, 2100, 2400, 4010)} == {ZERO}
    assert verify.findings() == []


def test_two_people_note_a_donation_that_came_back(app: Flask) -> None:
    office: Desks = desks(app)
    form = {"op": "u" * 24, "kind": "donation", "amount": "30", "mode": "check", "reference": "7"}
    where = office.clerk.post("/fees/unplaced/new", data=form).location
    assert "Taken back by the bank" not in text(office.clerk, where)
    with app.app_context(), transaction():
        bring_to_bank(by_number(where.rpartition("/")[2]))
    assert f"{where}/returned" in text(office.clerk, where)
    said = {"reason": "insufficient_funds", "reference": "NSF-7"}
    asked = office.clerk.post(f"{where}/returned", data=said).location
    assert office.clerk.post(f"{where}/returned", data=said).status_code == 409
    assert "Returned item without an account" in text(office.manager, "/requests")
    assert decide(office.manager, asked) == 303
    assert "Returned" in text(office.clerk, where)
    with app.app_context():
        assert ledger.balance(4300) == ZERO
