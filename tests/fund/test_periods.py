"""A month is closed when its list is done, sealed, and opened again by two people alone."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fund.periods import checks, proof, queries, reopening, rules, services
from diversion.fund.periods.models import Check, PeriodBalance, PeriodSnapshot
from diversion.ledger import periods
from diversion.ledger.commands import OWN_RECEIPT, Mode, PeriodState, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.proofs import Fault
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.rules import SamePerson
from diversion.staff.approvals.services import NotApproved
from diversion.staff.models import Staff
from tests.factories import fund, months
from tests.factories.months import NOW, OCTOBER, TODAY, asked

WHY = "The bank sent a corrected statement"


@pytest.fixture
def people(session: Session) -> tuple[Staff, Staff]:
    return months.two_people()


def found(check: Check, number: int = 202610) -> int:
    outcomes = {each.check: each for each in checks.run(asked(number))}
    return outcomes[check].found


def test_a_clean_month_is_closed_and_sealed(people: tuple[Staff, Staff]) -> None:
    months.charge()
    seal = months.close(202610, *people)
    assert periods.month(202610).state is PeriodState.CLOSED
    assert (seal.turn, seal.last_entry, seal.debits) == (1, 1, Money(2_500))
    assert [(b.account, b.closing) for b in queries.balances_of(seal.id)] == [
        (1200, Money(2_500)), (2500, Money(-2_500)),
    ]  # fmt: skip
    assert set(queries.findings_of(seal.id).values()) == {0}
    assert proof.findings() == []


def test_a_month_that_still_runs_is_not_closed(people: tuple[Staff, Staff]) -> None:
    months.charge(on=TODAY)
    with pytest.raises(rules.NotOver):
        months.close(202611, *people)


def test_whoever_signed_does_not_close(people: tuple[Staff, Staff]) -> None:
    months.charge()
    with pytest.raises(rules.SignedBySelf):
        months.close(202610, people[0], people[0])


def test_nothing_is_closed_unsigned(people: tuple[Staff, Staff]) -> None:
    months.charge()
    assert found(Check.SIGNED) == 1
    with pytest.raises(rules.NotReady):
        services.close(asked(), by=people[0], now=NOW)


def test_an_entry_after_the_signature_needs_a_new_one(people: tuple[Staff, Staff]) -> None:
    months.charge()
    services.sign(asked(), by=people[1], now=NOW)
    assert found(Check.SIGNED) == 0
    months.charge(700)
    assert found(Check.SIGNED) == 1


def test_money_in_the_drawer_keeps_a_month_open(people: tuple[Staff, Staff]) -> None:
    fund.take(50, by=9_000_900, on=date(2026, 10, 30))
    assert found(Check.DEPOSITED) == 1
    with pytest.raises(rules.NotReady):
        months.close(202610, *people)


def test_money_of_this_morning_keeps_no_earlier_month_open(people: tuple[Staff, Staff]) -> None:
    months.charge()
    fund.take(50, by=9_000_900, on=TODAY)
    assert found(Check.DEPOSITED) == 0


def test_suspense_may_be_explained_until_something_is_posted(people: tuple[Staff, Staff]) -> None:
    tender = Tender("M-2026-", Mode.CHECK, Money(5_000), "7")
    lines = (debit(1010, Money(5_000), OWN_RECEIPT), credit(2400, Money(5_000), OWN_RECEIPT))
    months.post(Event.RECEIPT_UNIDENTIFIED, *lines, tender=tender)
    assert found(Check.SUSPENSE) == 1
    why = "The payer was asked by letter"
    services.explain(asked(), Check.SUSPENSE, why, by=people[0], now=NOW)
    assert next(x for x in checks.run(asked()) if x.check is Check.SUSPENSE).is_done
    months.charge()
    assert not next(x for x in checks.run(asked()) if x.check is Check.SUSPENSE).is_done


def test_only_some_checks_may_be_explained(people: tuple[Staff, Staff]) -> None:
    months.charge()
    with pytest.raises(rules.NotReady):
        services.explain(asked(), Check.DEPOSITED, "It lies in the safe tonight", by=people[0],
                         now=NOW)  # fmt: skip


def test_damage_keeps_every_month_open(
    people: tuple[Staff, Staff], monkeypatch: pytest.MonkeyPatch
) -> None:
    months.charge()
    monkeypatch.setattr(services, "examine", lambda: (1, 12))
    with pytest.raises(rules.NotReady):
        months.close(202610, *people)


def test_cash_at_the_bank_needs_a_statement_that_reaches_to_the_end(
    people: tuple[Staff, Staff],
) -> None:
    months.interest()
    assert found(Check.BANK) == 1
    with pytest.raises(rules.NotReady):
        months.close(202610, *people)


def test_months_close_in_their_order(people: tuple[Staff, Staff]) -> None:
    months.charge(on=date(2026, 9, 15))
    months.charge()
    with pytest.raises(rules.EarlierOpen):
        months.close(202610, *people)
    months.close(202609, *people)
    months.close(202610, *people)


def test_nothing_goes_into_a_closed_month(people: tuple[Staff, Staff]) -> None:
    months.charge()
    months.close(202610, *people)
    with pytest.raises(LedgerRefused):
        months.charge(500)


def test_a_month_that_closes_takes_adjustments_alone(people: tuple[Staff, Staff]) -> None:
    months.charge()
    services.begin(asked(), by=people[0], now=NOW)
    with pytest.raises(LedgerRefused):
        months.charge(500)
    lines = (debit(1020, Money(5)), credit(4200, Money(5)))
    months.post(Event.ADJUST, *lines, by=people[0].id, approved_by=people[1].id)
    services.resume(asked(), by=people[0], now=NOW)
    months.charge(500)


def reopen(people: tuple[Staff, Staff], number: int = 202610, *, now: datetime = NOW) -> None:
    paper = reopening.ask(periods.month(number), WHY, by=people[0], now=NOW)
    decide(paper.handle, people[1])
    reopening.reopen(paper, now=now)


def decide(handle: str, by: Staff) -> None:
    request = latest_about(Matter.REOPENING, handle)
    assert request is not None
    approvals.decide(
        request, Decision.APPROVED, seen=request.hash16, by=by, limit=Money(0), now=NOW
    )


def test_a_month_is_opened_again_by_two_people(people: tuple[Staff, Staff]) -> None:
    months.charge()
    first = months.close(202610, *people)
    reopen(people)
    months.charge(700)
    second = months.close(202610, *people)
    assert (second.turn, second.debits) == (2, Money(3_200))
    assert first.digest != second.digest
    assert periods.reopened(OCTOBER, OCTOBER) == {202610: 1}
    last = periods.events_of(202610)[-2]
    assert (last.actor, last.approver, last.reason) == (people[0].id, people[1].id, WHY)
    assert proof.findings() == []


def test_a_month_that_was_opened_again_is_signed_again(people: tuple[Staff, Staff]) -> None:
    months.charge()
    months.close(202610, *people)
    reopen(people, now=NOW + timedelta(hours=1))
    assert found(Check.SIGNED) == 1


def test_nobody_opens_a_month_alone(people: tuple[Staff, Staff]) -> None:
    months.charge()
    months.close(202610, *people)
    paper = reopening.ask(periods.month(202610), WHY, by=people[0], now=NOW)
    with pytest.raises(SamePerson):
        decide(paper.handle, people[0])
    with pytest.raises(NotApproved):
        reopening.reopen(paper, now=NOW)


def test_a_reopening_says_why(people: tuple[Staff, Staff]) -> None:
    months.charge()
    months.close(202610, *people)
    with pytest.raises(rules.TooShort):
        reopening.ask(periods.month(202610), "A mistake", by=people[0], now=NOW)


def test_a_later_closed_month_is_opened_first(people: tuple[Staff, Staff]) -> None:
    months.charge(on=date(2026, 9, 15))
    months.charge()
    months.close(202609, *people)
    months.close(202610, *people)
    with pytest.raises(rules.LaterClosed):
        reopening.ask(periods.month(202609), WHY, by=people[0], now=NOW)


def test_an_open_month_needs_no_reopening(people: tuple[Staff, Staff]) -> None:
    months.charge()
    with pytest.raises(rules.NotClosed):
        reopening.ask(periods.month(202610), WHY, by=people[0], now=NOW)


def test_seals_are_never_changed(people: tuple[Staff, Staff], session: Session) -> None:
    months.charge()
    months.close(202610, *people)
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(update(PeriodSnapshot).values(last_entry=0))
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(delete(PeriodSnapshot))


@pytest.mark.parametrize("column", ["opening", "debits"])
def test_a_changed_seal_is_found(
    people: tuple[Staff, Staff], session: Session, column: str
) -> None:
    months.charge()
    seal = months.close(202610, *people)
    figures = dict.fromkeys(("opening", "debits", "credits"), Money(0)) | {column: Money(1)}
    session.add(PeriodBalance(snapshot_id=seal.id, account=5040, **figures))
    session.flush()
    assert [finding.fault for finding in proof.findings()] == [Fault.PERIODS]


def test_a_closed_month_without_its_seal_is_found(people: tuple[Staff, Staff]) -> None:
    months.charge()
    periods.move(202610, PeriodState.CLOSED, by=1, reason="no list at all", now=NOW)
    assert [finding.fault for finding in proof.findings()] == [Fault.PERIODS]


def test_the_digest_covers_every_figure() -> None:
    rows = [(1020, Money(0), Money(5), Money(0)), (4200, Money(0), Money(0), Money(5))]
    whole = rules.digest_of(202610, 1, "A", (1, 2), rows)
    for changed in (
        rules.digest_of(202611, 1, "A", (1, 2), rows),
        rules.digest_of(202610, 2, "A", (1, 2), rows),
        rules.digest_of(202610, 1, "B", (1, 2), rows),
        rules.digest_of(202610, 1, "A", (1, 3), rows),
        rules.digest_of(202610, 1, "A", (1, 2), rows[:1]),
        rules.digest_of(202610, 1, "A", (1, 2), [(1020, Money(1), *rows[0][2:]), rows[1]]),
    ):
        assert changed != whole
