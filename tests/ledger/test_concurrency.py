"""Prove that many writers leave no gap, lose nothing and never overspend."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import NoReturn

import pytest
from flask import Flask
from sqlalchemy import text

from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.ledger import queries, receipts
from diversion.ledger.commands import credit, debit
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.ledger.verify import verify
from tests.ledger import books


def test_eight_writers_leave_no_gap_in_the_receipts_le_02(app: Flask) -> None:
    with app.app_context(), transaction():
        books.assess(cents=1_000_000)

    def write(writer: int) -> list[str]:
        given = []
        for n in range(5):
            with app.app_context():
                with transaction():
                    posted = books.receipt(cents=100, key=f"w{writer}-{n}")
                given.append(posted.receipt_number or "")
                db.session.remove()
        return given

    with ThreadPoolExecutor(8) as pool:
        given = sorted(number for part in pool.map(write, range(8)) for number in part)
    assert given == [f"M-2026-{n:06d}" for n in range(1, 41)]
    with app.app_context():
        assert receipts.gaps() == []
        assert verify().findings == []


def test_sixteen_writers_cannot_overspend_le_05(app: Flask) -> None:
    with app.app_context(), transaction():
        books.post(Event.INTEREST, debit(1020, Money(1_000)), credit(4200, Money(1_000)))

    def spend(writer: int) -> bool:
        with app.app_context():
            try:
                with transaction():
                    charge = debit(5040, Money(300)), credit(1020, Money(300))
                    books.post(Event.BANK_CHARGE, *charge, key=f"spend-{writer}")
            except LedgerRefused as refusal:
                assert refusal.code == "below_floor"  # noqa: PT017 (each writer counts its own)
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(16) as pool:
        spent = list(pool.map(spend, range(16)))
    with app.app_context():
        assert spent.count(True) == 3
        assert queries.balance(1020) == Money(100)


def test_eight_arrivals_of_one_key_become_one_entry_le_03(app: Flask) -> None:
    with app.app_context(), transaction():
        books.assess()

    def send(_: int) -> str:
        with app.app_context():
            with transaction():
                posted = books.receipt(cents=100, key="one form")
            db.session.remove()
            return posted.receipt_number or ""

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(8))) == {"M-2026-000001"}
    with app.app_context():
        assert queries.balance(1010) == Money(100)


def _kill(app: Flask, round_: int, seconds: float) -> list[str]:
    """Let a process post until it is killed; return the numbers that it acknowledged."""
    said, say = os.pipe()
    child = os.fork()
    if not child:
        _post_for_ever(app, round_, say)
    os.close(say)
    with open(said, encoding="ascii") as answers:  # noqa: PTH123 (a pipe has no path)
        first = answers.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        rest = answers.read()
    os.waitpid(child, 0)
    return [line for line in (first + rest).split("\n") if line.startswith("M-")]


def _post_for_ever(app: Flask, round_: int, say: int) -> NoReturn:
    """Post on connections of its own, in a process that never comes back to the tests."""
    try:
        with app.app_context():
            db.engine.dispose(close=False)  # what was open belongs to the other process
            for n in count():
                with transaction():
                    posted = books.receipt(cents=1, key=f"kill-{n}-{round_}")
                os.write(say, f"{posted.receipt_number}\n".encode())
    finally:
        os._exit(1)


def _survives(app: Flask, rounds: int) -> None:
    with app.app_context(), transaction():
        books.assess(cents=50_000_000)
    acknowledged: list[str] = []
    for round_ in range(rounds):
        acknowledged += _kill(app, round_, 0.05 + 0.07 * (round_ % 7))
    assert len(acknowledged) >= rounds
    with app.app_context():
        query = text("SELECT number FROM receipt_number ORDER BY number")
        kept = [f"M-2026-{n:06d}" for n in db.session.scalars(query)]
        assert set(acknowledged) <= set(kept)
        assert kept == [f"M-2026-{n:06d}" for n in range(1, len(kept) + 1)]
        assert verify().findings == []


def test_a_killed_writer_loses_nothing_it_acknowledged_le_02_re_02(app: Flask) -> None:
    _survives(app, rounds=2)


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing_le_02_re_02(app: Flask) -> None:
    _survives(app, rounds=200)
