"""From the account a clerk asks, a second person approves in two clicks, and papers follow."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.fees.returned.services import return_item
from diversion.ledger.commands import Mode
from diversion.participants.access import find
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.cash import bring_to_bank
from tests.factories.fees import make_debtor, make_receipt
from tests.factories.staff import make_staff, sign_in
from tests.fees.test_returned import BOUNCED


@dataclass
class Office:
    """A coordinator, a clerk, a manager, a deputy and an auditor; somebody owes $1,000."""

    app: Flask
    clients: dict[str, FlaskClient]
    number: str
    handle: str

    def get(self, who: str, path: str) -> str:
        answer = self.clients[who].get(path)
        assert answer.status_code == 200, path
        return unescape(answer.get_data(as_text=True))

    def status(self, who: str, path: str) -> int:
        address = path.format(account=self.account, handle=self.handle)
        return self.clients[who].get(address).status_code

    @property
    def account(self) -> str:
        return f"/fees/accounts/{self.number}"

    def ask(self, who: str = "coordinator", **other: str) -> str:
        """Ask for a reduction of $400 and return where its page stands."""
        given = {"op": "k" * 24, "change": "reduce", "amount": "400", "why": "partial",
                 "note": "Lost the job in October.", **other}  # fmt: skip
        answer = self.clients[who].post(f"{self.account}/fees/{self.handle}/change", data=given)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return str(answer.location)

    def decide(self, who: str, where: str, decision: str = "approved") -> int:
        page = self.get(who, where)
        found = re.search(r'name="seen"[^>]*value="([0-9a-f]{16})"', page)
        assert found is not None
        data = {"decision": decision, "seen": found[1]}
        return self.clients[who].post(where, data=data).status_code

    @property
    def owed(self) -> Money:
        with self.app.app_context():
            staff = make_nobody()
            return fees.owed_by([staff(self.number)]).popitem()[1]


def make_nobody():  # type: ignore[no-untyped-def]  # (a question of the tests alone)
    """Return how a number becomes a key, without asking who may see it."""

    def key(number: str) -> int:
        query = fees.select(fees.Participant.id).where(fees.Participant.number == number)
        return int(fees.db.session.scalar(query) or 0)

    return key


def _behind_the_office() -> tuple[dict[str, Staff], str, str]:
    roles = {
        "coordinator": Role.SBAD_COORDINATOR,
        "clerk": Role.FINANCE_CLERK,
        "manager": Role.FINANCE_APPROVER,
        "deputy": Role.DEPUTY_DA,
        "auditor": Role.AUDITOR,
    }
    staff = {
        name: make_staff(role, name=f"{name.title()} Moss", track=Track.SBAD)
        for name, role in roles.items()
    }
    person, _ = make_debtor(staff["coordinator"], on=court_today(), last="Hale")
    return staff, person.number, fees.charges(person.id)[0].handle


@pytest.fixture
def filling() -> Callable[[], object]:
    return _behind_the_office


@pytest.fixture
def office(app: Flask) -> Office:
    staff, number, handle = app.extensions["filled"]
    clients = {name: _in(app, each) for name, each in staff.items()}
    return Office(app, clients, number, handle)


def _in(app: Flask, staff: Staff) -> FlaskClient:
    client = app.test_client()
    sign_in(client, staff)
    return client


def text_of(page: str) -> str:
    """Return the words of a paper, without its marks."""
    return re.sub(r"<[^>]*>", " ", page.partition("<article")[2].partition(">")[2])


def test_a_request_is_approved_in_two_clicks_and_posts(office: Office) -> None:
    where = office.ask()
    assert where in office.get("manager", "/requests")
    assert office.owed == Money(100_000)
    assert office.decide("manager", where) == 303
    assert office.owed == Money(60_000)
    assert "Approved and posted" in office.get("manager", where)
    assert "$600.00" in office.get("clerk", office.account)


def test_a_deputy_decides_up_to_the_limit(office: Office) -> None:
    assert office.decide("deputy", office.ask()) == 303
    more = office.ask(op="l" * 24, change="raise", amount="1000.01", why="program_error")
    assert office.decide("deputy", more) == 409
    assert office.decide("manager", more) == 303


def test_who_asked_does_not_decide_but_may_withdraw(office: Office) -> None:
    where = office.ask("manager")
    assert 'value="approved"' not in office.get("manager", where)
    assert office.decide("manager", where) == 409
    assert office.decide("manager", where, "withdrawn") == 303
    assert office.owed == Money(100_000)


def test_a_refused_request_posts_nothing(office: Office) -> None:
    where = office.ask()
    assert office.decide("deputy", where, "refused") == 303
    assert office.owed == Money(100_000)


def test_an_auditor_reads_the_numbers_and_neither_name_nor_reason(office: Office) -> None:
    where = office.ask()
    page = office.get("auditor", where)
    assert office.number in page
    assert "$400.00" in page
    assert "Hale" not in page
    assert "October" not in page
    assert "October" in office.get("manager", where)
    assert "Hale" not in office.get("auditor", "/fees/aging")


OPEN = [
    ("deputy", "{account}/fees/{handle}/change", 404),
    ("auditor", "{account}/fees/{handle}/change", 404),
    ("auditor", "{account}/statement", 404),
    ("auditor", "{account}/plans/new", 404),
    ("auditor", "/fees/only-money", 404),
    ("deputy", "{account}/credit", 404),
    ("auditor", "/fees/aging", 200),
    ("clerk", "{account}/ability", 200),
    ("clerk", "{account}/letter", 409),
]


def test_pages_open_to_those_who_work_with_them(office: Office) -> None:
    found = [(who, path, office.status(who, path)) for who, path, _status in OPEN]
    assert found == OPEN


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"note": "short"}, "ten letters"),
        ({"amount": "1000.01"}, "At most $1,000.00 of it can be given up."),
        ({"amount": ""}, "Write the amount."),
        ({"why": "uncollectible"}, "This reason does not fit"),
    ],
)
def test_what_was_typed_wrong_is_kept_beside_its_sentence(
    office: Office, wrong: dict[str, str], said: str
) -> None:
    given = {"op": "k" * 24, "change": "reduce", "amount": "400", "why": "partial",
             "note": "Lost the job in October.", **wrong}  # fmt: skip
    answer = office.clients["clerk"].post(
        f"{office.account}/fees/{office.handle}/change", data=given
    )
    assert answer.status_code in (409, 422)
    assert said in unescape(answer.get_data(as_text=True))


def test_the_worksheet_proposes_and_the_form_takes_it_over(office: Office) -> None:
    sheet = {"op": "w" * 24, "household": "2", "income": "1200", "expenses": "1150",
             "benefit": "food", "proof": "papers_seen", "note": "Two children."}  # fmt: skip
    path = f"{office.account}/ability"
    assert office.clients["clerk"].post(path, data=sheet).status_code == 303
    page = office.get("clerk", path)
    assert "Give up $1,000.00 (100 percent)." in page
    assert "Two children." in page
    form = office.get("clerk", f"{office.account}/fees/{office.handle}/change?worksheet=1")
    assert re.search(r'value="waive" checked', form)


def test_a_plan_is_made_printed_signed_and_ended(office: Office) -> None:
    plan = {"op": "p" * 24, "count": "3", "every": "month", "first_on": "+10"}
    made = office.clients["clerk"].post(f"{office.account}/plans/new", data=plan)
    assert made.status_code == 303
    page = office.get("clerk", made.location)
    assert "$333.34" in page
    assert "Not signed yet" in page
    assert "Payment plan" in office.get("clerk", f"{made.location}/print")
    for _again in range(2):
        signed = office.clients["clerk"].post(
            f"{made.location}/signature", data={"op": "s" * 24, "signed_on": "+0"}
        )
        assert signed.status_code == 303
    assert "Current" in office.get("clerk", made.location)
    for _again in range(2):
        ended = office.clients["clerk"].post(
            f"{made.location}/end", data={"op": "e" * 24, "reason": "broken"}
        )
        assert ended.status_code == 303
    assert "Ended" in office.get("clerk", made.location)


def test_the_letter_follows_a_waiver_and_tells_nothing_of_it(office: Office) -> None:
    office.decide("manager", office.ask(change="waive", amount="", why="indigent"))
    letter = text_of(office.get("clerk", f"{office.account}/letter"))
    assert "$0.00" in letter
    assert "Juniper Hale" in letter
    for word in ("waive", "class", "program", "reduced"):
        assert word not in letter.lower()


def test_the_statement_speaks_the_persons_language_and_names_no_program(
    app: Flask, office: Office
) -> None:
    with app.app_context(), transaction():
        person, _ = make_debtor(on=court_today(), language="es")
        make_receipt(person, 25_000, on=court_today())
        number = person.number
    page = office.get("clerk", f"/fees/accounts/{number}/statement")
    assert "class" not in text_of(page).lower()
    assert '<html lang="es">' in page
    assert "Estado de cuenta" in page
    assert "$750.00" in page


def test_a_payment_that_the_bank_took_back_is_crossed_out_on_the_statement(
    app: Flask, office: Office
) -> None:
    with app.app_context(), transaction():
        person = find(office.number, Track.SBAD, by=make_staff(Role.SBAD_COORDINATOR))
        one = make_receipt(
            person, 25_000, mode=Mode.CHECK, reference="1021", on=court_today(), now=clock.now()
        )
        bring_to_bank(one)
        clerk, other = make_staff(Role.FINANCE_CLERK), make_staff(Role.FINANCE_APPROVER)
        return_item(
            one.number, BOUNCED, by=clerk, approved_by=other.id, on=court_today(), now=clock.now()
        )
    page = office.get("clerk", f"{office.account}/statement")
    assert "taken back by the bank" in page
    assert "<s>$250.00</s>" in page
    assert "Taken back" in office.get("clerk", office.account)
    then = office.get("clerk", f"{office.account}/statement?entry=2&to=soon")
    assert "taken back by the bank" not in then
    assert ("$750.00" in then, "is not a date" in then) == (True, True)


def test_a_credit_is_applied_after_it_was_shown(app: Flask, office: Office) -> None:
    with app.app_context(), transaction():
        person = find(office.number, Track.SBAD, by=make_staff(Role.SBAD_COORDINATOR))
        make_receipt(person, 100_500, on=court_today())
    office.decide("manager", office.ask(change="raise", amount="20", why="court_order"))
    page = office.get("clerk", f"{office.account}/credit")
    assert "$5.00" in page
    shown = {"op": "c" * 24, "seen": re.findall(r'name="seen"[^>]*value="(\w+)"', page)[0]}
    stale = office.clients["clerk"].post(f"{office.account}/credit", data={**shown, "seen": "0"})
    assert stale.status_code == 409
    answer = office.clients["clerk"].post(f"{office.account}/credit", data=shown)
    assert answer.status_code == 303
    assert office.clients["clerk"].post(f"{office.account}/credit", data=shown).status_code == 303
    assert office.owed == Money(1_500)
