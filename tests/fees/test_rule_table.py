"""Every event about a fee posts exactly the lines of the rule table, and asks for its second."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees.applied import services as applied
from diversion.fees.assessments import by_hand
from diversion.fees.codes import Change
from diversion.fees.models import Obligation, OtherAmount
from diversion.fees.plans import services as plans
from diversion.fees.plans.rules import Every
from diversion.fees.schedules.services import put_in_force
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.codes import Code
from diversion.ledger.commands import Command, Line, Mode
from diversion.ledger.events import BY_EVENT, Event
from diversion.ledger.facts import lines_of
from diversion.ledger.models import Entry
from diversion.ledger.refusals import LedgerRefused
from diversion.participants.models import Participant
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.enrollments import make_enrollment
from tests.factories.fees import TODAY, make_debtor, make_marked_debtor, make_receipt
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff
from tests.fees.test_state_fee import PROGRAM, STATE, note
from tests.fees.test_waivers import approve, ask

TABLE = yaml.safe_load((Path(__file__).parent / "rule_table.yaml").read_text())


class Acts:
    """Each act of the table, done through the services; `before` is the last entry before it."""

    def __init__(self) -> None:
        self.by = make_staff(Role.SBAD_COORDINATOR)
        self.manager = make_staff(Role.FINANCE_APPROVER, name="Harriet Moss")
        self.before = 0

    def do(self, what: str) -> Participant:
        if what.startswith("charge"):
            person = make_participant(Track.SBAD, by=self.by)
            make_enrollment(person, self.by, TODAY)
        elif "marked" in what:
            person = make_marked_debtor(self.by)[0]
        else:
            put_in_force(Track.SBAD, [PROGRAM, STATE], by=self.by, on=TODAY)
            person, _ = make_debtor(self.by)
        self.ready()
        getattr(self, what)(person)
        return person

    def ready(self) -> None:
        self.before = ledger.head().number

    def charge(self, person: Participant, amount: Money | None = None,
               why: OtherAmount | None = None) -> None:  # fmt: skip
        by_hand.charge(person, amount, why, key="c", by=self.by, on=TODAY, now=NOW)

    def charge_other_amount(self, person: Participant) -> None:
        self.charge(person, Money(25_001), OtherAmount.COURT_ORDER)

    def raise_(self, person: Participant, cents: int = 7_500) -> None:
        approve(ask(person, self.by, Change.RAISE, cents), self.manager)

    def waive(self, person: Participant) -> None:
        approve(ask(person, self.by, Change.WAIVE), self.manager)

    def reduce(self, person: Participant, cents: int = 33_333) -> None:
        approve(ask(person, self.by, Change.REDUCE, cents), self.manager)

    def reduce_into_what_was_paid(self, person: Participant) -> None:
        make_receipt(person, 60_000)
        self.ready()
        self.reduce(person, 50_000)

    def write_off(self, person: Participant) -> None:
        approve(ask(person, self.by, Change.WRITE_OFF), self.manager)

    def reinstate(self, person: Participant) -> None:
        given_up = ask(person, self.by, Change.WAIVE)
        approve(given_up, self.manager)
        self.ready()
        approve(ask(person, self.by, Change.REINSTATE, reinstates=given_up), self.manager)

    def apply(self, person: Participant) -> None:
        receipt = make_receipt(person, 105_000, mode=Mode.CHECK, reference="1021")
        bring_to_bank(receipt)
        self.raise_(person, 5_000)
        self.ready()
        seen = applied.standing(person.id)
        applied.apply(person, seen=seen, key="a", by=self.by, on=TODAY, now=NOW)

    def apply_marked_at_the_bank(self, person: Participant) -> None:
        self.apply(person)

    def note_state_fee(self, person: Participant) -> None:
        note(person, self.by, 10_000)

    def plan(self, person: Participant) -> None:
        terms = plans.Terms(3, Every.MONTH, TODAY)
        made = plans.make(person, terms, key="p", by=self.by, on=TODAY, now=NOW)
        plans.sign(made, signed_on=TODAY, document_hash="", by=self.by, on=TODAY, now=NOW)


def fee_of(person: Participant) -> Obligation:
    query = select(Obligation).where(Obligation.participant_id == person.id)
    return db.session.scalars(query).one()


def posted_since(number: int, person: Participant) -> list[tuple[str, dict[str, int]]]:
    """Return the events since an entry with their lines, keys said as the table says them."""
    names = {0: "", fee_of(person).id: " fee"}
    found = []
    query = select(Entry).where(Entry.id > number).order_by(Entry.id)
    for entry in db.session.scalars(query).all():
        lines = {}
        for line in lines_of(entry.id):
            sub = " person" if line.account in (2010, 2100) else names[line.sub]
            lines[f"{line.account}{sub}{' marked' if line.earmark else ''}"] = line.cents
        found.append((entry.event.value, lines))
    return found


@pytest.mark.parametrize("row", TABLE, ids=[f"{row['rule']}-{row['does']}" for row in TABLE])
def test_an_act_posts_exactly_the_lines_of_the_table(session: Session, row: dict[str, Any]) -> None:
    acts = Acts()
    person = acts.do("raise_" if row["does"] == "raise" else row["does"])
    wanted = [row, row["then"]] if "then" in row else [row] if row["event"] else []
    lines = [{str(key): cents for key, cents in each["lines"].items()} for each in wanted]
    expected = list(zip([each["event"] for each in wanted], lines, strict=True))
    assert posted_since(acts.before, person) == expected
    if row["event"]:
        assert BY_EVENT[Event(row["event"])].number == row["rule"]
        assert BY_EVENT[Event(row["event"])].second is row["second"]


@pytest.mark.parametrize("row", [row for row in TABLE if row["second"]], ids=lambda r: r["does"])
def test_without_a_second_person_the_ledger_refuses_the_same_lines(
    session: Session, row: dict[str, Any]
) -> None:
    acts = Acts()
    person, event = make_debtor(acts.by)[0], Event(row["event"])
    fee, reverses = fee_of(person).id, None
    if event is Event.REINSTATE:
        acts.waive(person)
        reverses = ledger.head().number
    lines = [Line(int(str(key).split()[0]), cents, fee) for key, cents in row["lines"].items()]
    command = Command(event, lines, reverses=reverses)
    for approver in (None, acts.by.id):
        with pytest.raises(LedgerRefused) as refusal:
            books.post(command, key="alone", by=acts.by.id, approved_by=approver, on=TODAY, now=NOW)
        assert refusal.value.code is Code.SECOND_PERSON
