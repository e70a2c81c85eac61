"""Prove that money goes back once, through three people, and not before a check can't bounce."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from diversion.core.database import transaction
from diversion.core.money import ZERO, Money
from diversion.fees import queries as fees
from diversion.fees.models import Obligation, VoidReason
from diversion.fees.refunds import cancelling, queries, rules, services
from diversion.fees.refunds.cancel_models import CancelReason
from diversion.fees.refunds.models import Instrument, Refund, RefundReason
from diversion.fees.refunds.services import Wish
from diversion.fees.returned import services as returned
from diversion.fees.void_models import PayersCopy
from diversion.fees.voids.services import void_at_once
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.ledger.refusals import LedgerRefused
from diversion.participants.models import Participant
from diversion.staff.approvals import services as approvals
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees.desks import Desks, decide, desks, text

HOLD = 10
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def people(session: Session) -> list[Staff]:
    roles = (Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.FINANCE_APPROVER)
    return [make_staff(role, name=f"Person {n}") for n, role in enumerate(roles)]


def payer(cents: int, mode: Mode = Mode.CASH) -> tuple[Participant, Obligation]:
    participant, _ = make_debtor()
    receipt = make_receipt(
        participant, cents, mode=mode, reference="" if mode is Mode.CASH else "7"
    )
    bring_to_bank(receipt)
    obligation = ledger.db.session.query(Obligation).filter_by(participant_id=participant.id).one()
    return participant, obligation


def approved(person: Participant, wish: Wish, people: list[Staff], hold: int = HOLD) -> Refund:
    made = services.ask(person, wish, key=f"k-{wish.amount}", by=people[0], on=TODAY, now=NOW)
    return services.carry_out(made, approved_by=people[1].id, hold_days=hold, on=TODAY, now=NOW)


def pay(refund: Refund, by: Staff, number: str = "9001", on: date = TODAY) -> Refund:
    return services.pay(refund, Instrument.CHECK, number, by=by, on=on, now=NOW)


def test_a_fee_paid_in_error_goes_back_and_stays_owed(people: list[Staff]) -> None:
    person, fee = payer(40_000)
    wish = Wish(Money(15_000), RefundReason.PAID_IN_ERROR, fee, stays_owed=True)
    refund = approved(person, wish, people)
    assert fees.owed_by([person.id])[person.id] == Money(75_000)
    assert ledger.balance(2010, person.id) == Money(-15_000)
    pay(refund, people[2])
    assert (ledger.balance(2010, person.id), ledger.balance(1020)) == (ZERO, Money(25_000))
    assert queries.paid_on(fee.id) == Money(25_000)


def test_a_fee_that_is_not_owed_again_lowers_what_can_go_back(people: list[Staff]) -> None:
    person, fee = payer(40_000)
    approved(person, Wish(Money(15_000), RefundReason.COURT_ORDER, fee), people)
    assert fees.owed_by([person.id])[person.id] == Money(60_000)
    assert queries.paid_on(fee.id) == Money(25_000)
    with pytest.raises(rules.MoreThanPaid):
        approved(person, Wish(Money(25_001), RefundReason.COURT_ORDER, fee), people)


def test_a_credit_goes_back_up_to_what_there_is(people: list[Staff]) -> None:
    person, _ = payer(120_000)
    with pytest.raises(rules.MoreThanPaid):
        approved(person, Wish(Money(20_001), RefundReason.OVERPAID), people)
    pay(approved(person, Wish(Money(20_000), RefundReason.OVERPAID), people), people[2])
    assert (fees.credit_of(person.id), ledger.balance(1020)) == (ZERO, Money(100_000))


def test_who_asked_or_approved_does_not_pay(people: list[Staff]) -> None:
    person, fee = payer(40_000)
    refund = approved(person, Wish(Money(100), RefundReason.COURT_ORDER, fee), people)
    for somebody in people[:2]:
        with pytest.raises(LedgerRefused):
            pay(refund, somebody)


def test_the_database_refuses_the_approver_as_payer(session: Session, people: list[Staff]) -> None:
    person, fee = payer(40_000)
    refund = approved(person, Wish(Money(100), RefundReason.COURT_ORDER, fee), people)
    with pytest.raises(IntegrityError, match="third_person"), session.begin_nested():
        refund.paid_entry, refund.paid_by_id = refund.entry_number, people[1].id
        session.flush()


def test_a_check_is_held_ten_days_of_the_court(people: list[Staff]) -> None:
    person, fee = payer(40_000, Mode.CHECK)
    refund = approved(person, Wish(Money(100), RefundReason.COURT_ORDER, fee), people)
    assert refund.held_until == date(2026, 12, 7)
    with pytest.raises(rules.TooEarly, match="12/07/2026"):
        pay(refund, people[2])


def test_a_check_number_pays_one_refund_and_a_refund_is_paid_once(people: list[Staff]) -> None:
    person, fee = payer(40_000)
    first = approved(person, Wish(Money(100), RefundReason.COURT_ORDER, fee), people)
    second = approved(person, Wish(Money(200), RefundReason.COURT_ORDER, fee), people)
    with pytest.raises(rules.NotToBePaid):
        pay(pay(first, people[2]), people[2])
    with pytest.raises(rules.ReferenceUsed):
        pay(second, people[2])


def test_three_people_pay_money_back(app: Flask) -> None:
    office: Desks = desks(app)
    receipt = office.take()
    with app.app_context(), transaction():
        bring_to_bank(fees.receipt(receipt.rpartition("/")[2]))
        fee = ledger.db.session.query(Obligation).one().handle
    form = {"op": "r" * 24, "source": fee, "amount": "100", "reason": "court_order"}
    page = f"/fees/accounts/{office.number}/refunds"
    assert "at most $400.00" in text(office.clerk, page)
    assert office.clerk.post(page, data={**form, "amount": "401"}).status_code == 422
    asked = office.clerk.post(page, data=form).location
    assert "Record the payment" not in text(office.manager, asked)
    assert decide(office.manager, asked) == 303
    payment = {"instrument": "check", "reference": "9001"}
    assert office.manager.post(f"{asked}/payment", data=payment).status_code == 409
    assert "Record the payment" in text(office.other, asked)
    assert office.other.post(f"{asked}/payment", data=payment).status_code == 303
    assert "Check 9001" in text(office.auditor, asked)
    assert "Paid 9001" in text(office.auditor, "/fees/refunds")
    assert office.auditor.post(asked, data={}).status_code == 404


def test_two_requests_do_not_pay_the_same_money_back_twice(people: list[Staff]) -> None:
    person, fee = payer(40_000)
    made = [
        services.ask(person, Wish(Money(cents), RefundReason.COURT_ORDER, fee), key=f"two-{cents}",
                     by=people[0], on=TODAY, now=NOW)
        for cents in (25_000, 25_001)
    ]  # fmt: skip
    post = {"approved_by": people[1].id, "hold_days": HOLD, "on": TODAY, "now": NOW}
    services.carry_out(made[0], **post)
    with pytest.raises(rules.MoreThanPaid):
        services.carry_out(made[1], **post)


def test_money_on_its_way_back_is_not_handed_out_by_a_void(people: list[Staff]) -> None:
    person, _ = make_debtor()
    receipt = make_receipt(person, 40_000)
    fee = ledger.db.session.query(Obligation).filter_by(participant_id=person.id).one()
    approved(person, Wish(Money(100), RefundReason.COURT_ORDER, fee), people)
    why = {"reason": VoidReason.WRONG_AMOUNT, "copy": PayersCopy.RETURNED}
    with pytest.raises(rules.OnItsWayBack):
        void_at_once(receipt, **why, seen=receipt.hash16, by=people[1], on=TODAY, now=NOW)
    assert ledger.balance(1010, receipt.id) == Money(40_000)


def test_a_refund_of_a_check_that_came_back_is_not_paid(people: list[Staff]) -> None:
    person, fee = payer(40_000, Mode.CHECK)
    other = make_receipt(person, 10_000)
    refund = approved(person, Wish(Money(30_000), RefundReason.COURT_ORDER, fee), people)
    bring_to_bank(other)
    notice = returned.Notice()
    bounced = fees.receipts_of(person.id)[-1][0].number
    returned.return_item(bounced, notice, by=people[0], approved_by=people[1].id, on=TODAY, now=NOW)
    with pytest.raises(rules.TakenBack):
        pay(refund, people[2], on=LATER)
    assert ledger.balance(1020) == Money(10_000)


def test_an_approved_refund_is_cancelled_by_two_and_never_paid(people: list[Staff]) -> None:
    person, fee = payer(40_000)
    refund = approved(person, Wish(Money(30_000), RefundReason.COURT_ORDER, fee), people)
    asked = cancelling.ask(refund, CancelReason.MISTAKE, by=people[2], now=NOW)
    with pytest.raises(approvals.Asked):
        cancelling.ask(refund, CancelReason.MISTAKE, by=people[1], now=NOW)
    with pytest.raises(LedgerRefused):
        cancelling.carry_out(asked, approved_by=people[2].id, on=TODAY, now=NOW)
    cancelling.carry_out(asked, approved_by=people[1].id, on=TODAY, now=NOW)
    assert (ledger.balance(2010), queries.paid_on(fee.id)) == (ZERO, Money(40_000))
    for step in (
        lambda: pay(refund, people[2]),
        lambda: cancelling.ask(refund, CancelReason.MISTAKE, by=people[1], now=NOW),
        lambda: cancelling.carry_out(asked, approved_by=people[1].id, on=TODAY, now=NOW),
    ):
        with pytest.raises(rules.NotToBePaid):
            step()
    rows = ledger.db.session.execute(queries.listed()).all()
    assert [bool(row.cancelled) for row in rows] == [True]
    assert ledger.db.session.execute(queries.listed(to_pay=True)).all() == []


def test_a_paid_refund_is_not_cancelled(people: list[Staff]) -> None:
    person, fee = payer(40_000)
    refund = approved(person, Wish(Money(100), RefundReason.COURT_ORDER, fee), people)
    pay(refund, people[2])
    with pytest.raises(rules.NotToBePaid):
        cancelling.ask(refund, CancelReason.MISTAKE, by=people[1], now=NOW)


def test_two_people_cancel_a_refund_on_its_pages(app: Flask) -> None:
    office: Desks = desks(app)
    receipt = office.take()
    with app.app_context(), transaction():
        bring_to_bank(fees.receipt(receipt.rpartition("/")[2]))
        fee = ledger.db.session.query(Obligation).one().handle
    form = {"op": "r" * 24, "source": fee, "amount": "100", "reason": "court_order"}
    refund = office.clerk.post(f"/fees/accounts/{office.number}/refunds", data=form).location
    decide(office.manager, refund)
    assert office.auditor.get(f"{refund}/cancel").status_code == 404
    asked = office.clerk.post(f"{refund}/cancel", data={"reason": "mistake"}).location
    assert "Somebody asks not to pay it." in text(office.other, refund)
    assert office.clerk.post(f"{refund}/cancel", data={"reason": "mistake"}).status_code == 409
    assert decide(office.clerk, asked) == 404
    assert decide(office.manager, asked) == 303
    assert "Cancelled: It was asked for by mistake." in text(office.other, refund)
    assert "Record the payment" not in text(office.other, refund)
