"""Make a county whose books already have many entries, written past the guards and put back.

`diversion verify` finds nothing in what is made here: the measurement of it says so.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice

from flask import Flask

from benchmarks.county import empty
from benchmarks.posting import ENTRY, POSTING, columns, database
from diversion.ledger import chain
from diversion.ledger.accounts import BY_CODE
from diversion.ledger.commands import Line
from diversion.ledger.events import Event

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
CLERK, APPROVER, BANKER = 900, 901, 902
FEE, PAID, A_BAG = 100_000, 5_000, 40
Told = tuple[Event, int, list[Line], int]  # event, who, lines, the receipt's key


def with_entries(entries: int, first: date, days: int) -> Flask:
    """Make the program with so many entries, spread evenly over `days` from `first`."""
    app = empty()
    with app.app_context():
        raw = sqlite3.connect(database(), isolation_level=None)
    guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    raw.execute("BEGIN")
    for name, _text in guards:
        raw.execute(f"DROP TRIGGER {name}")
    on = (first + timedelta(days=place * days // entries) for place in range(entries))
    _write(raw, zip(on, islice(_life(), entries), strict=True))
    for _name, text in guards:
        raw.execute(text)
    raw.execute("COMMIT")
    raw.close()
    return app


def _life() -> Iterator[Told]:
    """Charge a fee, take two payments toward it; bring each bag to the bank."""
    bag: list[int] = []
    receipts = count(1)
    for fee in count(1):
        yield Event.ASSESS, CLERK, [Line(1200, FEE, fee), Line(2500, -FEE, fee)], 0
        for key in islice(receipts, 2):
            lines = [Line(1010, PAID, key), Line(2500, PAID, fee), Line(1200, -PAID, fee)]
            yield Event.RECEIPT, CLERK, [*lines, Line(4010, -PAID)], key
            bag.append(key)
        if len(bag) == A_BAG:
            held = [Line(1010, -PAID, key) for key in bag]
            yield Event.DEPOSIT, BANKER, [Line(1015, PAID * A_BAG, fee), *held], 0
            banked = [Line(1020, PAID * A_BAG), Line(1015, -PAID * A_BAG, fee)]
            yield Event.DEPOSIT_CONFIRMED, APPROVER, banked, 0
            bag.clear()


def _write(raw: sqlite3.Connection, told: Iterable[tuple[date, Told]]) -> None:
    debits, credits_ = Counter[tuple[int, int, int]](), Counter[tuple[int, int, int]]()
    prev, last, number = chain.FIRST, 0, 0
    months = set[date]()
    for number, (on, (event, by, lines, key)) in enumerate(told, 1):
        sealed = chain.Sealed(
            number, f"bench {number}", "A" * 64, event, "", on, NOW, on.year * 100 + on.month,
            by, None, None, chain.NO_MEMO, len(lines), sum(max(x.cents, 0) for x in lines),
        )  # fmt: skip
        hash_ = chain.link(prev, chain.canonical(sealed, lines))
        raw.execute(ENTRY, columns(sealed, prev, hash_))
        rows = [(x.account, x.sub, x.earmark, x.cents) for x in lines]
        raw.executemany(POSTING, [(number, place, *row) for place, row in enumerate(rows, 1)])
        for *where, cents in rows:
            debits[tuple(where)] += max(cents, 0)
            credits_[tuple(where)] += max(-cents, 0)
        if key:
            receipt = (key, "M-2026-", key, number, "cash", PAID, "", False)
            raw.execute("INSERT INTO receipt_number VALUES (?, ?, ?, ?, ?, ?, ?, ?)", receipt)
            last = key
        prev = hash_
        months.add(on.replace(day=1))
    raw.execute("INSERT INTO series VALUES ('M-2026-', ?)", (last,))
    raw.execute("UPDATE chain_head SET seq = ?, hash = ?", (number, prev))
    sums = [(*where, BY_CODE[where[0]].sgn, debits[where], credits_[where]) for where in debits]
    raw.executemany("INSERT INTO balance VALUES (?, ?, ?, ?, ?, ?)", sums)
    for month in sorted(months):
        _open(raw, month)


def _open(raw: sqlite3.Connection, month: date) -> None:
    end = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    number = month.year * 100 + month.month
    opened = (number, month.isoformat(), end.isoformat())
    raw.execute("INSERT INTO period VALUES (?, ?, ?, 'open')", opened)
    raw.execute(
        "INSERT INTO period_event (period_id, state, actor, reason, last_entry, happened_at)"
        " VALUES (?, 'open', ?, 'first entry', 0, '2026-11-21 17:00:00.000000')", (number, CLERK),
    )  # fmt: skip
