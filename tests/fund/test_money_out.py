"""Prove that money leaves only as promised, approved, and paid by a third person."""

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.core.once import KeyUsedOtherwise
from diversion.fund.awards.models import Award
from diversion.fund.awards.services import MethodMissing, NumberMissing, PayeeMissing
from diversion.fund.budget import queries as budget
from diversion.fund.budget.services import LineTaken, add_line
from diversion.fund.corrections.rules import year_end
from diversion.fund.orders import queries as orders
from diversion.fund.orders import verify
from diversion.fund.orders.kinds import Method, OrderKind, PayeeKind
from diversion.fund.orders.models import Order, Payment
from diversion.fund.orders.rules import (
    NoAmount,
    NotForThisPayee,
    NotPaid,
    NumberUsed,
    Overspent,
)
from diversion.fund.orders.services import carry_out
from diversion.fund.vouchers import queries, services
from diversion.fund.vouchers.models import Voucher
from diversion.fund.vouchers.rules import (
    InvoiceTwice,
    NoInvoice,
    NotToPay,
    State,
    ThirdPerson,
    state_of,
)
from diversion.fund.vouchers.services import Bill
from diversion.ledger import earmarks, standing
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import about
from diversion.staff.approvals.rules import SamePerson
from diversion.staff.approvals.services import Asked, NotApproved
from tests.conftest import NOW
from tests.factories import disbursements as out
from tests.factories.fund import TODAY

K = OrderKind


@pytest.fixture
def office(session: Session) -> out.Office:
    return out.make_office()


def pay(office: out.Office, voucher: object, number: str = "1001", by: object = None) -> Payment:
    return services.pay(
        voucher, Method.CHECK, number, key=out.key(), by=by or office.pays, on=TODAY, now=NOW
    )  # type: ignore[arg-type]


def approved(office: out.Office, dollars: int = 100, cash: int = 1000) -> object:
    out.give(cash)
    award = out.make_award(office, out.make_line(office))
    voucher = out.request(office, award, dollars)
    out.agree(queries.row_of(voucher.id).Order, office.agrees)
    return voucher


def test_a_line_holds_what_was_adopted_then_amended(office: out.Office) -> None:
    line = out.make_line(office, 1000)
    order = out.propose(office, line, -300)
    assert order.kind is K.BUDGET_AMEND
    out.agree(order, office.agrees)
    (stands,) = budget.standings(TODAY)
    assert (stands.adopted, stands.amended) == (Money(100_000), Money(-30_000))
    assert stands.available == Money(70_000)


def test_a_budget_that_lapsed_is_not_shown_as_adopted(office: out.Office) -> None:
    line = out.make_line(office, 1000)
    lines = [debit(9010, Money(100_000), line.id), credit(9000, Money(100_000))]
    books.post(
        Command(Event.YEAR_CLOSE, lines), key=out.key(), by=1, approved_by=2, on=TODAY, now=NOW
    )
    (stands,) = budget.standings(TODAY)
    assert (stands.adopted, stands.amended, stands.available) == (ZERO, ZERO, ZERO)


def test_a_line_goes_down_only_to_what_is_not_promised(office: out.Office) -> None:
    line = out.make_line(office, 1000)
    out.make_award(office, line, 800)
    with pytest.raises(Overspent, match=r"leave the budget line at −\$100\.00"):
        out.propose(office, line, -300)


def test_two_lines_of_one_earmark_have_two_names(office: out.Office) -> None:
    add_line("Housing", 0, by=office.asks)
    with pytest.raises(LineTaken):
        add_line("housing", 0, by=office.asks)
    add_line("Housing", earmarks.add("Shelter gift"), by=office.asks)


def test_an_earmark_is_there_once(session: Session) -> None:
    number = earmarks.add("Shelter gift")
    assert earmarks.earmarks()[number] == "Shelter gift"
    with pytest.raises(earmarks.EarmarkTaken):
        earmarks.add("shelter gift")


def test_an_award_takes_no_more_than_its_line_has(office: out.Office) -> None:
    line = out.make_line(office, 400)
    with pytest.raises(Overspent, match=r"leave the budget line at −\$100\.00"):
        out.promise(office, line, 500)


def test_what_was_promised_meanwhile_counts_at_the_decision(office: out.Office) -> None:
    line = out.make_line(office, 600)
    first, second = (out.promise(office, line, 400) for _ in range(2))
    out.agree(first, office.agrees)
    with pytest.raises(Overspent):
        out.agree(second, office.agrees)


def test_nobody_approves_what_they_asked(office: out.Office) -> None:
    order = out.promise(office, out.make_line(office))
    with pytest.raises(SamePerson):
        out.agree(order, office.asks)


def test_nothing_is_posted_without_approval(office: out.Office) -> None:
    order = out.promise(office, out.make_line(office))
    with pytest.raises(NotApproved):
        carry_out(order, doc="paper", by=office.agrees, on=TODAY, now=NOW)


def test_a_survivor_is_never_named(office: out.Office, session: Session) -> None:
    line = out.make_line(office)
    with pytest.raises(PayeeMissing):
        out.promise(office, line, payee_kind=PayeeKind.VICTIM,
                    payee=out.make_organization(office.asks))  # fmt: skip
    award = out.make_award(office, line, payee_kind=PayeeKind.VICTIM)
    out.give(1000)
    voucher = out.request(office, award)
    assert voucher.code
    assert queries.row_of(voucher.id).name is None
    row = {"number": "G-1", "line_id": line.id, "earmark": 0, "payee_kind": PayeeKind.VICTIM,
           "organization_id": out.make_organization(office.asks).id, "aim": award.aim,
           "asked_on": TODAY}  # fmt: skip
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(Award), [row])


def test_a_voucher_takes_no_more_than_its_award(office: out.Office) -> None:
    out.give(1000)
    award = out.make_award(office, out.make_line(office), 500)
    with pytest.raises(Overspent, match=r"leave the award at −\$1\.00"):
        out.request(office, award, 501)


def test_a_voucher_that_the_fund_can_not_pay_says_so(office: out.Office) -> None:
    out.give(80)
    award = out.make_award(office, out.make_line(office), 500)
    with pytest.raises(Overspent, match=r"This would leave the fund at −\$120\.00\."):
        out.request(office, award, 200)


def test_money_of_one_earmark_does_not_pay_for_another(office: out.Office) -> None:
    gift = earmarks.add("Shelter gift")
    out.give(1000)
    award = out.make_award(office, out.make_line(office, earmark=gift), 500)
    with pytest.raises(Overspent, match=r"leave the fund at"):
        out.request(office, award, 200)
    out.give(200, gift)
    out.request(office, award, 200)


def test_a_voucher_is_paid_whole_by_a_third_person(office: out.Office) -> None:
    voucher = approved(office)
    paid = pay(office, voucher)
    assert paid.amount == Money(10_000)
    assert ledger.balance(1020) == Money(90_000)
    assert queries.open_of(voucher.id) == Money(0)  # type: ignore[attr-defined]
    (stands,) = budget.standings(TODAY)
    assert (stands.encumbered, stands.expended) == (Money(40_000), Money(10_000))
    with pytest.raises(NotToPay):
        pay(office, voucher, "1002")


@pytest.mark.parametrize("who", ["coordinator", "agrees"])
def test_who_asked_or_approved_does_not_pay(office: out.Office, who: str) -> None:
    voucher = approved(office)
    with pytest.raises(ThirdPerson):
        pay(office, voucher, by=getattr(office, who))


def test_the_ledger_too_keeps_the_payer_apart(office: out.Office) -> None:
    voucher = approved(office)
    command = services.payment(voucher.id, 0, Money(10_000), "V")  # type: ignore[attr-defined]
    for who in (office.coordinator, office.agrees):
        with pytest.raises(LedgerRefused):
            books.post(command, key=out.key(), by=who.id, on=TODAY, now=NOW)


def test_an_unapproved_voucher_is_not_paid(office: out.Office) -> None:
    out.give(1000)
    voucher = out.request(office, out.make_award(office, out.make_line(office)))
    with pytest.raises(NotToPay):
        pay(office, voucher)


def test_a_check_number_is_used_once(office: out.Office, session: Session) -> None:
    paid = pay(office, approved(office))
    with pytest.raises(NumberUsed):
        pay(office, approved(office))
    row = {name: getattr(paid, name) for name in ("voucher_id", "method", "reference", "amount",
           "paid_on", "paid_by_id", "paid_at")}  # fmt: skip
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(Payment), [{**row, "entry": 1}])


def test_the_same_form_again_pays_once(office: out.Office) -> None:
    voucher = approved(office)
    again = {"key": out.key(), "by": office.pays, "on": TODAY, "now": NOW}
    first = services.pay(voucher, Method.CHECK, "1001", **again)  # type: ignore[arg-type]
    second = services.pay(voucher, Method.CHECK, "1001", **again)  # type: ignore[arg-type]
    assert first.id == second.id
    with pytest.raises(KeyUsedOtherwise):
        services.pay(voucher, Method.CHECK, "1002", **again)  # type: ignore[arg-type]


def take_back(office: out.Office, voucher: object, kind: OrderKind) -> Order:
    return services.take_back(
        voucher, _award(voucher), kind, "Lost in the mail", key=out.key(), by=office.asks, now=NOW
    )  # type: ignore[arg-type]


def _award(voucher: object) -> Award:
    return out.db.session.get_one(Award, voucher.award_id)  # type: ignore[attr-defined]


def test_a_voided_check_opens_the_voucher_again(office: out.Office) -> None:
    voucher = approved(office)
    pay(office, voucher)
    out.agree(take_back(office, voucher, K.CHECK_VOIDED), office.agrees)
    assert ledger.balance(1020) == Money(100_000)
    assert not orders.has_check(voucher.id)  # type: ignore[attr-defined]
    assert pay(office, voucher, "1002").amount == Money(10_000)


def test_a_check_is_taken_back_once(office: out.Office) -> None:
    voucher = approved(office)
    with pytest.raises(NotPaid):
        take_back(office, voucher, K.CHECK_VOIDED)
    pay(office, voucher)
    first = take_back(office, voucher, K.CHECK_VOIDED)
    with pytest.raises(Asked):
        take_back(office, voucher, K.CHECK_STALE)
    out.agree(first, office.agrees)
    again = pay(office, voucher, "1002")
    paid = orders.payments_of(voucher.id)  # type: ignore[attr-defined]
    back = orders.come_back(voucher.id, paid)  # type: ignore[attr-defined]
    assert (paid[0], back) == (again, {paid[1].id: K.CHECK_VOIDED})
    assert take_back(office, voucher, K.CHECK_STALE), "the next check is another matter"


def test_a_check_never_cashed_is_unclaimed_property(office: out.Office) -> None:
    voucher = approved(office)
    pay(office, voucher)
    out.agree(take_back(office, voucher, K.CHECK_STALE), office.agrees)
    assert ledger.balance(2300) == Money(-10_000)
    row = queries.row_of(voucher.id)  # type: ignore[attr-defined]
    assert state_of(row.decision, int(row.open), int(row.unclaimed)) is State.UNCLAIMED


def test_an_advance_is_accounted_for_or_returned(office: out.Office) -> None:
    out.give(1000)
    award = out.make_award(office, out.make_line(office, 1000), 500)
    with pytest.raises(MethodMissing):
        out.take_step(office, award, K.ADVANCE, 300, reference="7001")
    with pytest.raises(NumberMissing):
        out.take_step(office, award, K.ADVANCE, 300, method=Method.CHECK)
    order = out.take_step(office, award, K.ADVANCE, 300, method=Method.CHECK, reference="7001")
    out.agree(order, office.agrees)
    with pytest.raises(NumberUsed):
        out.take_step(office, award, K.ADVANCE, 10, method=Method.CHECK, reference="7001")
    with pytest.raises(Overspent, match=r"leave the advance at −\$1\.00"):
        out.take_step(office, award, K.ADVANCE_CLEARED, 301)
    out.agree(out.take_step(office, award, K.ADVANCE_CLEARED, 200), office.agrees)
    out.agree(out.take_step(office, award, K.ADVANCE_RETURNED, 100), office.agrees)
    assert ledger.balance(1400) == Money(0)
    assert ledger.balance(5020) == Money(20_000)
    assert ledger.balance(1020) == Money(80_000)
    (stands,) = budget.standings(TODAY)
    assert stands.available == Money(60_000)


def test_a_grant_comes_back_to_its_line(office: out.Office) -> None:
    voucher = approved(office, 400)
    pay(office, voucher)
    award = _award(voucher)
    with pytest.raises(Overspent):
        out.take_step(office, award, K.GRANT_RETURNED, 401)
    out.agree(out.take_step(office, award, K.GRANT_RETURNED, 150), office.agrees)
    (stands,) = budget.standings(TODAY)
    assert (stands.expended, stands.available) == (Money(25_000), Money(65_000))


def test_what_an_award_does_not_need_goes_back(office: out.Office) -> None:
    award = out.make_award(office, out.make_line(office, 1000), 500)
    out.agree(out.take_step(office, award, K.RELEASE, 200), office.agrees)
    (stands,) = budget.standings(TODAY)
    assert (stands.encumbered, stands.available) == (Money(30_000), Money(70_000))


def test_only_organizations_have_advances(office: out.Office) -> None:
    award = out.make_award(office, out.make_line(office), payee_kind=PayeeKind.AGENCY)
    with pytest.raises(NotForThisPayee):
        out.take_step(office, award, K.ADVANCE, 10, method=Method.EFT, reference="E-1")
    with pytest.raises(NoAmount):
        out.take_step(office, award, K.RELEASE, -1)


def test_papers_are_never_changed(office: out.Office, session: Session) -> None:
    order = out.promise(office, out.make_line(office))
    with pytest.raises(DatabaseError, match=r"append-only"), session.begin_nested():
        session.execute(update(Order).where(Order.id == order.id).values(reference="other"))


BROKEN = (
    {"kind": K.RELEASE, "award_id": None, "payee_kind": None},
    {"kind": K.VOUCHER},
    {"amount": Money(-1)},
    {"kind": K.ADVANCE},
    {"method": Method.CHECK},
    {"payee_kind": PayeeKind.VICTIM},
    {"line_id": 999},
)


@pytest.mark.parametrize("change", BROKEN, ids=str)
def test_the_database_takes_no_order_that_does_not_fit(
    office: out.Office, session: Session, change: dict[str, object]
) -> None:
    award = out.make_award(office, out.make_line(office))
    order = out.take_step(office, award, K.RELEASE, 10)
    names = ("kind", "line_id", "award_id", "voucher_id", "earmark", "payee_kind", "amount",
             "method", "reference", "document", "note", "asked_by_id", "asked_at")  # fmt: skip
    row = {name: getattr(order, name) for name in names}
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(Order), [{**row, "handle": "x", **change}])


def test_an_invoice_is_asked_for_once(office: out.Office) -> None:
    out.give(1000)
    award = out.make_award(office, out.make_line(office))

    def ask(invoice: str, document: str = "") -> Voucher:
        bill = Bill(Money(1_000), invoice, document)
        return services.request(
            award, bill, key=out.key(), by=office.coordinator, on=TODAY, now=NOW
        )

    first = ask("INV-77")
    with pytest.raises(InvoiceTwice, match=first.number):
        ask("inv-77")
    assert ask("INV-77/2")
    assert ask("", "ab" * 32)
    assert ask("", "ab" * 32)
    with pytest.raises(NoInvoice):
        ask("")
    request = about(Matter.VOUCHER, queries.row_of(first.id).Order.handle)[0]
    approvals.decide(
        request, Decision.REFUSED, seen=request.hash16, by=office.agrees, limit=Money(0), now=NOW
    )
    assert ask("INV-77"), "what was refused can be asked for again"


def close_the_year() -> None:
    lines = year_end(standing.on(TODAY), lapses=True)
    books.post(
        Command(Event.YEAR_CLOSE, lines), key=out.key(), by=1, approved_by=2, on=TODAY, now=NOW
    )


def test_what_grantees_pay_back_a_year_later_comes_home(office: out.Office) -> None:
    out.give(1000)
    award = out.make_award(office, out.make_line(office))
    advance = out.take_step(office, award, K.ADVANCE, 100, method=Method.EFT, reference="E-1")
    out.agree(advance, office.agrees)
    voucher = out.request(office, award, 50)
    out.agree(queries.row_of(voucher.id).Order, office.agrees)
    pay(office, voucher)
    close_the_year()
    out.agree(out.take_step(office, award, K.ADVANCE_RETURNED, 40), office.agrees)
    assert ledger.balance(1400, award.id) == Money(6_000)
    out.agree(out.take_step(office, award, K.GRANT_RETURNED, 50), office.agrees)
    assert ledger.balance(1020) == Money(94_000)
    with pytest.raises(Overspent, match="received"):
        out.take_step(office, award, K.GRANT_RETURNED, 1)
    assert (ledger.balance(9010), ledger.balance(9030)) == (ZERO, ZERO)
    assert verify.findings() == []
