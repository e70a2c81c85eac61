"""Prove that finance finds an account, takes money once, and that another person voids it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.fees.assessments.services import _charge
from diversion.fees.models import Obligation
from diversion.ledger import queries as ledger
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.fees import make_debtor
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff, sign_in


@dataclass
class Desk:
    """A clerk who is signed in, an approver, and a person who owes $1,000."""

    clerk: FlaskClient
    approver: FlaskClient
    number: str


def _behind_the_desk() -> tuple[Staff, Staff, str]:
    person, _ = make_debtor(on=court_today(), last="Hale", case_numbers=("24CR10001",))
    clerk = make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")
    approver = make_staff(Role.FINANCE_APPROVER, name="Miles Soto")
    return clerk, approver, person.number


@pytest.fixture
def filling() -> Callable[[], object]:
    return _behind_the_desk


@pytest.fixture
def desk(app: Flask) -> Desk:
    clerk, approver, number = app.extensions["filled"]
    return Desk(_in(app, clerk), _in(app, approver), number)


def _in(app: Flask, staff: Staff) -> FlaskClient:
    client = app.test_client()
    sign_in(client, staff)
    return client


def payment(**other: str) -> dict[str, str]:
    given = {"op": "k" * 24, "amount": "400.00", "mode": "cash", "reference": "", "payor": "self"}
    return {**given, **other}


def take(desk: Desk, **other: str):  # type: ignore[no-untyped-def]
    return desk.clerk.post(f"/fees/accounts/{desk.number}/payments", data=payment(**other))


def test_the_list_shows_who_owes_what(desk: Desk) -> None:
    page = desk.clerk.get("/fees/accounts").get_data(as_text=True)
    assert desk.number in page
    assert "Juniper Hale" in page
    assert "24CR10001" in page
    assert "$1,000.00" in page
    assert desk.number not in desk.clerk.get("/fees/accounts?status=paid").get_data(as_text=True)


def test_an_account_with_a_credit_has_a_list_of_its_own(desk: Desk) -> None:
    listed = "/fees/accounts?status=credit"
    assert desk.number not in desk.clerk.get(listed).get_data(as_text=True)
    take(desk, amount="1050.00", keep_rest="y")
    assert desk.number in desk.clerk.get(listed).get_data(as_text=True)


def test_an_account_is_found_by_name_and_the_name_is_in_no_address(desk: Desk) -> None:
    found = desk.clerk.post("/fees/accounts", data={"q": "juniper"})
    assert desk.number in found.get_data(as_text=True)
    assert "Type at least three" in desk.clerk.post("/fees/accounts", data={"q": "ju"}).get_data(
        as_text=True
    )


def test_taking_a_payment_gives_a_numbered_receipt(desk: Desk) -> None:
    answer = take(desk)
    assert (answer.status_code, answer.location) == (303, "/fees/receipts/M-" + _year() + "-000001")
    page = unescape(desk.clerk.get(answer.location).get_data(as_text=True))
    assert "$400.00" in page
    assert "Owed now: $600.00" in page
    assert re.search(r"\b[0-9A-F]{16}\b", page)
    printed = desk.clerk.get(answer.location + "/print")
    assert printed.status_code == 200
    assert "Juniper" not in printed.get_data(as_text=True)


def _year() -> str:
    return str(clock.now().year)


def test_a_double_click_gives_the_same_receipt_le_03(desk: Desk, app: Flask) -> None:
    first, second = take(desk), take(desk)
    assert first.location == second.location
    assert "Already recorded as" in desk.clerk.get(second.location).get_data(as_text=True)
    with app.app_context():
        assert ledger.balance(1010) == Money(40_000)


def test_the_same_form_with_another_amount_is_refused(desk: Desk) -> None:
    take(desk)
    answer = take(desk, amount="500")
    assert answer.status_code == 422
    assert 'value="500"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong", [{"amount": "abc"}, {"amount": ""}, {"mode": "barter"}, {"op": "x"}, {"mode": "check"}]
)
def test_what_was_typed_wrong_is_kept_and_nothing_is_taken(
    desk: Desk, app: Flask, wrong: dict[str, str]
) -> None:
    answer = take(desk, **wrong)
    assert answer.status_code == 422
    with app.app_context():
        assert not ledger.balance(1010)


def test_more_than_owed_is_asked_about_before_a_receipt_is_given(desk: Desk, app: Flask) -> None:
    answer = take(desk, amount="1200")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "$200.00 of it is more than is owed." in page
    assert 'value="1200"' in page
    assert "keep_rest" in page
    assert "keep_rest" not in desk.clerk.get(f"/fees/accounts/{desk.number}/payments").text
    where = take(desk, amount="1200", keep_rest="y").location
    assert "Kept as credit" in desk.clerk.get(where).text
    with app.app_context():
        assert ledger.balance(1010) == Money(120_000)


PAID_BY = {
    "cash": ({}, {"op": "z" * 24}, {"op": "z" * 24, "amount": "300.01"}),
    "check": (
        {"mode": "check", "reference": "1021"},
        {"mode": "check", "reference": "01021", "amount": "5", "op": "z" * 24},
        {"mode": "check", "reference": "1022", "op": "z" * 24},
    ),
}


@pytest.mark.parametrize("paid", PAID_BY)
def test_a_payment_typed_again_is_taken_once_the_cashier_says_it_is_another(
    desk: Desk, app: Flask, paid: str
) -> None:
    first, again, other = ({"amount": "300.00", **each} for each in PAID_BY[paid])
    number = take(desk, **first).location.rpartition("/")[2]
    answer = take(desk, **again)
    page = unescape(answer.text)
    assert answer.status_code == 409
    assert f"as {number}. Tick the box" in page
    assert 'href="#again"' in page
    assert f'value="{again["amount"]}"' in page
    assert 'name="again"' not in desk.clerk.get(f"/fees/accounts/{desk.number}/payments").text
    assert take(desk, **other).status_code == 303
    assert take(desk, **{**again, "op": "y" * 24}, again="y").status_code == 303


def test_a_second_desk_does_not_take_the_same_fee_again(desk: Desk, app: Flask) -> None:
    take(desk, amount="1000")
    assert take(desk, amount="1000", op="z" * 24).status_code == 409
    with app.app_context():
        assert ledger.balance(1010) == Money(100_000)


def test_a_reference_that_can_not_be_printed_is_said_beside_its_field(desk: Desk) -> None:
    page = take(desk, mode="check", reference="\u65e5\u672c").get_data(as_text=True)
    assert 'id="reference-err"' in page


def test_an_auditor_reads_every_receipt_and_meets_no_name(desk: Desk, app: Flask) -> None:
    where = take(desk).location
    with app.app_context(), transaction():
        auditor = make_staff(Role.AUDITOR, name="Noor Haddad")
    client = _in(app, auditor)
    for address in ("/fees/receipts", where, f"{where}/print"):
        page = client.get(address)
        assert page.status_code == 200
        assert where.rsplit("/", 1)[1] in page.text
        assert "Hale" not in page.text
        assert "/fees/accounts" not in page.text
    assert client.get(f"/fees/accounts/{desk.number}").status_code == 404


def test_another_person_voids_and_whoever_took_the_money_sees_no_way(desk: Desk) -> None:
    where = take(desk).location
    seen = re.search(r"\b[0-9A-F]{16}\b", desk.clerk.get(where).get_data(as_text=True))
    assert seen is not None
    assert desk.clerk.get(f"{where}/void").status_code == 404
    form = {"seen": seen[0], "reason": "wrong_amount", "copy": "returned"}
    stale = desk.approver.post(f"{where}/void", data={**form, "seen": "0" * 16})
    assert stale.status_code == 409
    assert desk.approver.post(f"{where}/void", data=form).status_code == 303
    page = desk.clerk.get(where).get_data(as_text=True)
    assert "Void since" in page
    assert desk.approver.post(f"{where}/void", data=form).status_code == 409


def test_the_receipts_say_that_no_number_is_missing(desk: Desk) -> None:
    take(desk)
    take(desk, op="m" * 24, amount="1")
    page = unescape(desk.approver.get("/fees/receipts").get_data(as_text=True))
    assert "numbers 1 to 2: none missing" in " ".join(re.sub("<[^>]*>", "", page).split())


def test_a_survivor_has_no_account_here_wb(desk: Desk, app: Flask) -> None:
    with app.app_context(), transaction():
        survivor = make_participant(Track.COMMUNITY_COURT).number
    absent = desk.clerk.get("/fees/accounts/26-9999-9")
    theirs = desk.clerk.get(f"/fees/accounts/{survivor}")
    assert (absent.status_code, theirs.status_code) == (404, 404)
    assert desk.clerk.get(f"/fees/accounts/{survivor}/payments").status_code == 404


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.COURT_COORDINATOR, Role.MENTOR])
def test_whoever_has_no_business_with_money_finds_nothing(
    app: Flask, desk: Desk, role: Role
) -> None:
    with app.app_context(), transaction():
        staff = make_staff(role)
    client = _in(app, staff)
    for page in ("", f"/{desk.number}", f"/{desk.number}/payments"):
        assert client.get(f"/fees/accounts{page}").status_code == 404
    assert client.get("/fees/receipts").status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_accounts(app: Flask, desk: Desk) -> None:
    assert desk.clerk.get("/fees/accounts?status=all").status_code == 200
    few = _statements(app, desk, "/fees/accounts?status=all")
    with app.app_context(), transaction():
        by = make_staff(Role.SBAD_COORDINATOR)
        for n in range(6):
            make_debtor(by, on=court_today(), first=f"Rowan{n}")
    assert _statements(app, desk, "/fees/accounts?status=all") == few
    assert few <= 20


def test_the_count_of_a_block_is_that_of_the_rows_behind_its_link(desk: Desk) -> None:
    page = unescape(desk.clerk.get("/").get_data(as_text=True))
    assert "Accounts with money owed" in page
    behind_it = desk.clerk.get("/fees/accounts?status=owed").get_data(as_text=True)
    assert behind_it.count('scope="row"') == 1


def _statements(app: Flask, desk: Desk, address: str) -> int:
    counted: list[str] = []

    def count(_c: object, _k: object, statement: str, *_: object) -> None:
        counted.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert desk.clerk.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_a_payment_is_split_over_fees_as_directed(desk: Desk, app: Flask) -> None:
    with app.app_context(), transaction():
        first = db.session.query(Obligation).one()
        enrollment = db.session.get_one(Enrollment, first.enrollment_id)
        part = ("Returned-item fee", 4020, 0, Money(3_500))
        second = _charge(enrollment, 2, part, on=court_today(), due_on=court_today(), reason=None,
                         by=make_staff(Role.SBAD_COORDINATOR), now=None)  # fmt: skip
        handles = first.handle, second.handle
    assert "Direct it to fees" in desk.clerk.get(f"/fees/accounts/{desk.number}/payments").text
    directed = {f"toward-{handles[1]}": "35.00"}
    assert take(desk, amount="30", **directed).status_code == 422
    one, two = take(desk, amount="135", **directed), take(desk, amount="135", **directed)
    assert one.location == two.location
    with app.app_context():
        assert (ledger.balance(4020), ledger.balance(4010)) == (Money(-3_500), Money(-10_000))


def test_a_receipt_is_printed_in_the_language_of_whoever_paid(desk: Desk, app: Flask) -> None:
    where = take(desk).location
    assert "Keep this paper" in desk.clerk.get(f"{where}/print").text
    with app.app_context(), transaction():
        db.session.query(Participant).filter_by(number=desk.number).one().language = "es"
    page = unescape(desk.clerk.get(f"{where}/print").text)
    assert "Guarde este papel" in page
    assert '<html lang="es">' in page
    assert re.search(r"Sello.*[0-9A-F]{16}", page, re.DOTALL)
