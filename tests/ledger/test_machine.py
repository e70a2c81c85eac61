"""Prove by random histories, illegal moves among them, that the ledger stays what it claims."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase
from hypothesis import settings as chosen
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run
from sqlalchemy import text

from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.core.once import KeyUsedOtherwise
from diversion.ledger import queries, receipts
from diversion.ledger.commands import Line, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.ledger.verify import verify
from tests.ledger import books
from tests.programs import Programs

CENTS = st.sampled_from([1, 999, 2_500, 6_000])
FEES = st.sampled_from([5_000, 10_000])
OBLIGATION = st.integers(1, 2)
WHO = st.integers(1, 3)
SELDOM = 5  # every so many steps, and at the end of a history
SERIES = st.sampled_from(["M-2026-", "B-2026-"])


class Ledger(RuleBasedStateMachine):
    """A model in plain Python beside the real thing; `app` is set before a run."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        self.before = queries.head().number
        self.base = {code: net.cents for code, net in queries.net_of().items()}
        self.offset = self.before * 1_000
        self.owed: dict[int, int] = {}
        self.given: list[tuple[int, int, int, int, int]] = []  # receipt, entry, o, cents, cashier
        self.state: dict[int, str] = {}
        self.charges: list[tuple[int, int, int]] = []
        self.net: dict[int, int] = {}
        self.entries = self.steps = 0
        self.keys: list[tuple[str, int, int]] = []

    def teardown(self) -> None:
        self.accounts_agree()
        report = verify()
        assert report.findings == []
        db.session.remove()
        self.context.pop()

    def _o(self, number: int) -> int:
        return self.offset + number

    def _move(self, **accounts: int) -> None:
        for name, cents in accounts.items():
            code = int(name[1:])
            self.net[code] = self.net.get(code, 0) + cents
        self.entries += 1

    @rule(number=OBLIGATION, cents=FEES)
    def charge(self, number: int, cents: int) -> None:
        with transaction():
            posted = books.assess(self._o(number), cents)
        self.owed[number] = self.owed.get(number, 0) + cents
        self.charges.append((posted.number, number, cents))
        self._move(a1200=cents, a2500=-cents)

    @rule(number=OBLIGATION, cents=CENTS, who=WHO, series=SERIES)
    def pay(self, number: int, cents: int, who: int, series: str) -> None:
        fits = cents <= self.owed.get(number, 0)
        key = f"pay-{self.offset}-{len(self.keys)}"
        try:
            with transaction():
                posted = books.receipt(self._o(number), cents, by=who, key=key, series=series)
        except LedgerRefused as no:
            assert not fits
            assert no.code == "below_floor"  # noqa: PT017 (what was refused, not that)
            return
        assert fits
        self.owed[number] -= cents
        key_of = posted.receipt_id or 0
        self.given.append((key_of, posted.number, number, cents, who))
        self.state[key_of] = "drawer"
        self.keys.append((key, number, cents))
        self._move(a1010=cents, a2500=cents, a1200=-cents, a4010=-cents)

    @precondition(lambda self: self.given)
    @rule(data=st.data(), who=WHO)
    def void(self, data: st.DataObject, who: int) -> None:
        key, entry, number, cents, cashier = data.draw(st.sampled_from(self.given))
        allowed = self.state[key] == "drawer" and who != cashier
        try:
            with transaction():
                books.void(books.Posted(entry, ""), by=who)
        except LedgerRefused:
            assert not allowed
            return
        assert allowed
        self.state[key] = "void"
        self.owed[number] += cents
        self._move(a1010=-cents, a2500=-cents, a1200=cents, a4010=cents)

    @precondition(lambda self: self.given)
    @rule(data=st.data(), who=WHO, part=st.sampled_from([False, False, True]))
    def deposit(self, data: st.DataObject, who: int, part: bool) -> None:
        key, _entry, _number, cents, cashier = data.draw(st.sampled_from(self.given))
        amount = cents - 1 if part and cents > 1 else cents
        allowed = self.state[key] == "drawer" and who != cashier and amount == cents
        try:
            with transaction():
                books.deposit(self._o(9), (key, amount), by=who)
        except LedgerRefused:
            assert not allowed
            return
        assert allowed
        self.state[key] = "bank"
        self._move(a1015=cents, a1010=-cents)

    @precondition(lambda self: self.charges)
    @rule(data=st.data(), approver=st.sampled_from([None, 7, 8]))
    def turn_back(self, data: st.DataObject, approver: int | None) -> None:
        charge = data.draw(st.sampled_from(self.charges))
        entry, number, cents = charge
        allowed = approver == 8 and self.owed[number] >= cents
        try:
            with transaction():
                books.reverse(books.Posted(entry, ""), approved_by=approver)
        except LedgerRefused:
            assert not allowed
            return
        assert allowed
        self.charges.remove(charge)
        self.owed[number] -= cents
        self._move(a1200=-cents, a2500=cents)

    @precondition(lambda self: self.keys)
    @rule(data=st.data(), other=st.booleans())
    def repeat(self, data: st.DataObject, other: bool) -> None:
        key, number, cents = data.draw(st.sampled_from(self.keys))
        with suppress(KeyUsedOtherwise), transaction():
            books.receipt(self._o(number), cents + other, key=key, by=99)

    @rule(cents=CENTS, how=st.integers(0, 6))
    def illegal(self, cents: int, how: int) -> None:
        obligation, amount = self._o(1), Money(cents)
        attempts = [
            (Event.ASSESS, (debit(1200, amount, obligation), Line(2500, -cents - 1, obligation))),
            (Event.INTEREST, (debit(1020, amount), credit(7300, amount, 1))),
            (Event.STF_REMIT, (debit(7300, amount, 1), credit(7020, amount))),
            (Event.ASSESS, (debit(1200, amount), credit(2500, amount, obligation))),
            (Event.WAIVE, (debit(2500, amount, obligation), credit(1200, amount, obligation))),
            (Event.OPENING, (debit(1020, amount), credit(3000, amount))),
        ]
        event, lines = attempts[how % len(attempts)]
        on = date(2026, 12, 24) if how == 6 else books.TODAY
        with pytest.raises(LedgerRefused), transaction():
            books.post(event, *lines, on=on)

    @invariant()
    def the_books_agree(self) -> None:
        now = {code: net.cents - self.base.get(code, 0) for code, net in queries.net_of().items()}
        assert {c: n for c, n in now.items() if n} == {c: n for c, n in self.net.items() if n}
        self.steps += 1
        if self.steps % SELDOM == 0:
            self.accounts_agree()
        db.session.rollback()

    def accounts_agree(self) -> None:
        """Ask the rest: how many entries there are, who owes what, and is a number missing."""
        assert queries.head().number == self.before + self.entries
        owed = queries.owed([self._o(number) for number in self.owed])
        assert {o - self.offset: m.cents for o, m in owed.items()} == self.owed
        assert receipts.gaps() == []


def _run(app: Flask, examples: int, steps: int) -> None:
    Ledger.app = app
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        db.session.remove()
    run(
        Ledger,
        settings=chosen(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
        ),
    )  # fmt: skip
    with app.app_context():
        assert queries.head().number > examples
        assert verify().findings == []


def test_a_random_history_leaves_the_books_in_order(app: Flask, tmp_path: Path) -> None:
    _run(app, examples=4, steps=25)


@pytest.mark.soak
def test_many_random_histories_leave_the_books_in_order(
    engine_name: str, programs: Programs, settings: dict[str, Any]
) -> None:
    """Live 2,000 of them, fifty to a ledger: each is proved whole with those before it."""
    program = programs.of(engine_name, settings)
    for _ in range(40):
        _run(program.lend(settings), examples=50, steps=50)
        program.take_back()
