"""Prove that a deposit or a match that was tampered with is found, each with its own code."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fund import verify
from diversion.fund.deposits import confirming, drafts, services
from diversion.fund.deposits.confirming import Taken
from diversion.fund.deposits.models import (
    Deposit,
    DepositConfirmation,
    DepositCount,
    DepositDraft,
    DepositItem,
    DepositOverShort,
    DepositTaking,
    WhyDifferent,
)
from diversion.fund.reconciliation import keeping, queries
from diversion.fund.reconciliation import services as bank
from diversion.fund.reconciliation.models import (
    BankLine,
    BankMatch,
    BankMatchEntry,
    BankPaper,
    BankUnmatch,
    Meaning,
)
from diversion.fund.reconciliation.services import Choice
from diversion.fund.reconciliation.statement import Line, made
from diversion.ledger.commands import Mode
from diversion.ledger.proofs import Fault
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import fund
from tests.factories.fund import TODAY
from tests.factories.staff import make_staff


@pytest.fixture
def year(session: Session) -> Session:
    """A short deposit, one that the bank took differently, and two matched lines."""
    helen = make_staff(Role.FINANCE_APPROVER, name="Helen Park")
    omar = make_staff(Role.FINANCE_APPROVER, name="Omar Reyes")
    cash = str(fund.take(50, by=9_000_900).receipt_number)
    drawn = drafts.draw(
        [cash], {1000: 4}, WhyDifferent.CHANGE, key="draft", by=helen, on=TODAY, now=NOW
    )
    drafts.carry_out(drawn, approved_by=omar.id, now=NOW)
    check = str(fund.take(70, by=9_000_900, mode=Mode.CHECK, reference="2").receipt_number)
    bag = services.prepare([check], {}, key="bag", by=helen, on=TODAY, now=NOW).made
    taken = Taken(TODAY, Money(6900), "", WhyDifferent.BANK_ERROR)
    said = confirming.say(bag, taken, by=omar, today=TODAY, now=NOW)
    confirming.confirm(said, by=omar.id, approved_by=helen.id, now=NOW)
    lines = [Line(TODAY, "DEPOSIT", Money(6900)), Line(TODAY, "INTEREST", Money(5))]
    statement, _new = keeping.bring(made(b"x", lines, today=TODAY), by=omar, now=NOW)
    rows = queries.lines_of(statement.id)
    found = bank.proposals(rows)
    assert [found[r.id].meaning for r in rows] == [Meaning.CLEARED, Meaning.INTEREST]
    choices = [Choice(r, p.meaning, p.items) for r in rows if (p := found[r.id]).meaning]
    assert bank.say(choices, by=omar, on=TODAY, now=NOW).is_posted
    return session


def test_what_is_sound_is_found_sound(year: Session) -> None:
    assert verify.findings() == []


def put_in(session: Session) -> None:
    other = fund.take(5, by=9_000_900, mode=Mode.CHECK, reference="9").receipt_id
    session.execute(
        insert(DepositItem),
        [{"receipt_id": other, "deposit_id": session.query(Deposit).first().id}],
    )


def confirm_otherwise(session: Session) -> None:
    """Take the entry that made a deposit for the one that confirmed it."""
    bag = session.query(Deposit).order_by(Deposit.id).first()
    assert bag is not None
    said = DepositTaking(
        deposit_id=bag.id, taken_on=TODAY, amount=Money(3900), difference=Money(0), reference="",
        reason=None, said_by_id=bag.prepared_by_id, said_at=NOW,
    )  # fmt: skip
    session.add(said)
    session.flush()
    session.add(DepositConfirmation(entry=bag.entry, taking_id=said.id, difference_entry=None))
    session.flush()


def draw_otherwise(session: Session) -> None:
    """Say of a bag that agreed that it was short."""
    bag = session.query(Deposit).order_by(Deposit.id.desc()).first()
    assert bag is not None
    draft = DepositDraft(
        difference=Money(-1), reason=WhyDifferent.TORN, drawn_by_id=bag.prepared_by_id,
        drawn_on=TODAY, drawn_at=NOW,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    session.add(DepositOverShort(deposit_id=bag.id, draft_id=draft.id, entry=bag.entry))
    session.flush()


def count_more(session: Session) -> None:
    """Add five dollars to the slip of a bag that holds a check alone."""
    bag = session.query(Deposit).order_by(Deposit.id.desc()).first()
    assert bag is not None
    session.execute(insert(DepositCount), [{"deposit_id": bag.id, "unit": 500, "pieces": 1}])


def match_otherwise(session: Session) -> None:
    """Say of a line that it is an entry of another amount."""
    line = session.query(BankLine).order_by(BankLine.id.desc()).first()
    assert line is not None
    other = BankLine(
        statement_id=line.statement_id, place=9, happened_on=TODAY, words="A", amount=Money(6),
        check_number="", reference="", balance=None,
    )  # fmt: skip
    session.add(other)
    session.flush()
    paper = session.query(BankPaper).first()
    assert paper is not None
    match = BankMatch(paper_id=paper.id, line_id=other.id, turn=1, meaning=Meaning.CLEARED)
    session.add(match)
    session.flush()
    session.add(BankMatchEntry(match_id=match.id, entry=1, posted=False))
    session.flush()


def tie_twice(session: Session) -> None:
    first = session.query(BankMatch).order_by(BankMatch.id).all()
    entry = session.query(BankMatchEntry).filter_by(match_id=first[0].id).one().entry
    session.add(BankMatchEntry(match_id=first[1].id, entry=entry, posted=False))
    session.flush()


def unmatch_alone(session: Session) -> None:
    posted = session.query(BankMatchEntry).filter_by(posted=True).one()
    paper = session.get_one(BankMatch, posted.match_id).paper_id
    session.add(BankUnmatch(match_id=posted.match_id, paper_id=paper, unmatched_at=NOW))
    session.flush()


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (put_in, Fault.DEPOSITS),
        (confirm_otherwise, Fault.DEPOSITS),
        (draw_otherwise, Fault.DEPOSITS),
        (count_more, Fault.DEPOSITS),
        (match_otherwise, Fault.BANK),
        (tie_twice, Fault.BANK),
        (unmatch_alone, Fault.BANK),
    ],
)
def test_damage_is_found(year: Session, damage: Callable[[Session], None], fault: Fault) -> None:
    damage(year)
    assert {finding.fault for finding in verify.findings()} == {fault}


def test_rows_of_the_bank_are_never_changed(year: Session) -> None:
    for table in ("bank_line", "bank_match", "deposit_taking", "deposit_draft"):
        with pytest.raises(DBAPIError, match="append-only"), year.begin_nested():
            year.execute(text(f"DELETE FROM {table}"))
