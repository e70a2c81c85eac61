"""Prove that the register's figures are those of the postings, for any filter."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fund.kinds import EVENTS, Kind, event_words
from diversion.fund.register.forms import CASH_ACCOUNTS
from diversion.ledger import journal, queries, registers
from diversion.ledger.commands import Mode
from diversion.ledger.events import Event
from diversion.ledger.registers import Wanted
from tests.factories import fund
from tests.fund.month import bank, live
from tests.ledger import books

START = date(2026, 11, 1)
DAYS = st.none() | st.integers(-2, 32).map(lambda n: START + timedelta(days=n))
ACCOUNTS = st.sampled_from([CASH_ACCOUNTS, (1010,), (1015,), (1030,), (1200,), (2500,), (4010,)])
WANTED = st.builds(
    Wanted,
    accounts=ACCOUNTS,
    first=DAYS,
    last=DAYS,
    events=st.just(frozenset[Event]()) | st.sampled_from([EVENTS[k] for k in Kind]),
    text=st.sampled_from(["", "", "", "3", "123.45", "M-2026-000002", "d-2026-0001", "40", "no"]),
)


def test_the_running_balance_is_that_of_all_entries_before_for_any_filter(
    session: Session,
) -> None:
    approver = live(people=3, days=9)
    bank(approver, date(2026, 11, 18))
    every = [
        (fact.on, fact.number, line)
        for fact in map(journal.entry, range(1, queries.head().number + 1))
        if fact
        for line in fact.lines
    ]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(WANTED, st.integers(1, 7), st.integers(0, 12))
    def check(wanted: Wanted, size: int, offset: int) -> None:
        rows = db.session.execute(registers.entries(wanted).limit(size).offset(offset)).all()
        opening, after = registers.running(wanted.accounts, rows)

        def net(until: tuple[date, int], with_it: bool) -> Money:
            return Money.total(
                line.debit - line.credit
                for on, number, line in every
                if line.account in wanted.accounts
                and ((on, number) < until or (with_it and (on, number) == until))
            )

        for row in rows:
            assert after[row.id] == net((row.effective_on, row.id), with_it=True)
        if rows:
            assert opening == net((rows[0].effective_on, rows[0].id), with_it=False)

    check()


def test_the_totals_are_those_of_the_filter_not_of_a_page(session: Session) -> None:
    live(people=3, days=9)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(WANTED)
    def check(wanted: Wanted) -> None:
        rows = db.session.execute(registers.entries(wanted)).all()
        found = registers.sums(wanted)
        if not wanted.text:
            assert found.debits == Money(sum(int(row.debits) for row in rows))
            assert found.credits == Money(sum(int(row.credits) for row in rows))
            assert found.debit_entries == sum(row.debits > 0 for row in rows)
        if not wanted.is_partial and (not wanted.first or not wanted.last):
            assert found.closing == found.opening + found.debits - found.credits

    check()


def test_the_whole_register_ends_at_the_balance(session: Session) -> None:
    live()
    for account in (1010, 1015, 1030, 1200, 2500, 4010):
        wanted = Wanted((account,))
        assert registers.sums(wanted).closing == queries.balance(account)
        assert registers.sums(wanted).opening == ZERO


def test_an_entry_is_found_by_any_of_its_numbers(session: Session) -> None:
    fund.assess(31)
    taken = fund.take(250, by=7, mode=Mode.CHECK, reference="2207", obligation=31)
    fund.take(99, by=7)
    for text in ("2", "M-2026-000001", "m-2026-1", "2207", "250.00", "$250"):
        found = db.session.execute(registers.entries(Wanted((1010,), text=text))).all()
        assert [row.id for row in found] == [taken.number], text
    for text in ("M-2026-9", "nothing", "999999999999999999999", "%", "' OR 1=1"):
        assert not db.session.execute(registers.entries(Wanted((1010,), text=text))).all()


def test_an_amount_finds_the_lines_of_that_amount_and_shows_their_entries_whole(
    session: Session,
) -> None:
    fund.assess(31)
    half = fund.take(50, by=7, obligation=31)  # $100.00 in all its debits together
    whole = fund.take(100, by=7)
    paid_in = books.deposit(77, (half.receipt_id or 0, 5_000), (whole.receipt_id or 0, 10_000))
    rows = db.session.execute(registers.entries(Wanted((1010, 1015), text="100.00"))).all()
    assert [(row.id, row.debits, row.credits) for row in rows] == [
        (whole.number, 10_000, 0), (paid_in.number, 15_000, 15_000),
    ]  # fmt: skip


def test_every_event_belongs_to_one_kind_and_has_words() -> None:
    assert sorted(event for kind in Kind for event in EVENTS[kind]) == sorted(Event)
    assert len({str(event_words(event)) for event in Event}) == len(Event)
