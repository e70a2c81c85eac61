"""Ask of a ledger the fifteen things that every ledger must keep.

Source of the list: technomorphcorporation/ledger-conformance-kit, as ledger.md 7.2 gives it.
Each question raises AssertionError where the ledger does not keep its promise.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from diversion.core.database import db, transaction
from diversion.core.money import LIMIT
from diversion.ledger import services
from diversion.ledger.commands import Line
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.ledger.services import Posted
from tests.ledger import books

WRITERS = 6
NO = (LedgerRefused, DBAPIError)
SUMS = "SELECT account, sub, earmark, debits - credits FROM balance WHERE debits <> credits"
LINES = """SELECT account, sub, earmark, sum(cents) FROM posting
  GROUP BY account, sub, earmark HAVING sum(cents) <> 0"""


class Kit:
    """A ledger to be asked: what it is given, and what then stands in it."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def submit(self, key: str, *lines: Line, event: Event = Event.INTEREST) -> int:
        """Post lines in a transaction of their own; return the entry's number."""
        with self.app.app_context():
            try:
                with transaction():
                    return self.post(key, lines, event).number
            finally:
                db.session.remove()

    def post(self, key: str, lines: tuple[Line, ...], event: Event) -> Posted:
        return books.post(event, *lines, key=key, approved_by=self.second(event))

    def earn(self, key: str, cents: int) -> int:
        return self.submit(key, Line(1020, cents), Line(4200, -cents))

    def spend(self, key: str, cents: int) -> int:
        return self.submit(key, Line(5040, cents), Line(1020, -cents), event=Event.BANK_CHARGE)

    def reverse(self, number: int) -> None:
        with self.app.app_context(), transaction():
            services.reverse(
                number, key=f"back {number}", by=books.CASHIER, approved_by=books.APPROVER,
                on=books.TODAY, now=books.NOW,
            )  # fmt: skip

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.app.app_context():
            found = [tuple(row) for row in db.session.execute(text(query))]
            db.session.remove()
        return found

    def force(self, statement: str) -> None:
        with self.app.app_context(), transaction():
            db.session.execute(text(statement))

    def at_once(self, act: Callable[[int], Any]) -> list[Any]:
        with ThreadPoolExecutor(WRITERS) as pool:
            return list(pool.map(act, range(WRITERS)))

    @staticmethod
    def second(event: Event) -> int | None:
        return books.APPROVER if event in {Event.TRANSFER_IN, Event.STF_REMIT} else None


def balanced(kit: Kit) -> None:
    with pytest.raises(NO):
        kit.submit("odd", Line(1020, 5), Line(4200, -4))
    assert kit.rows("SELECT id FROM entry") == []


def append_only(kit: Kit) -> None:
    kit.earn("a", 500)
    before = kit.rows("SELECT * FROM entry"), kit.rows("SELECT * FROM posting")
    for attack in ("UPDATE entry SET actor = 1", "DELETE FROM posting", "DELETE FROM entry"):
        with pytest.raises(NO):
            kit.force(attack)
    assert before == (kit.rows("SELECT * FROM entry"), kit.rows("SELECT * FROM posting"))


def chained(kit: Kit) -> None:
    """The same bytes give the same hash, computed here anew from the columns alone."""
    for n in range(3):
        kit.earn(f"c{n}", 100 + n)
    before = "0" * 64
    for row in kit.rows("SELECT id, prev, hash FROM entry ORDER BY id"):
        told = _told(kit, row[0])
        assert row[1] == before
        assert row[2] == hashlib.sha256(bytes.fromhex(before) + told).hexdigest().upper()
        before = row[2]


def _told(kit: Kit, entry: int) -> bytes:
    columns = """id, key, request_hash, event, doc, effective_on, posted_at, period, actor,
      approver, reverses, memo_hash, lines, total"""
    (row,) = kit.rows(f"SELECT {columns} FROM entry WHERE id = {entry}")
    stamp = f"{str(row[6])[:10]}T{str(row[6])[11:19]}Z"
    head = [
        "HTL1",
        *map(str, row[:5]),
        str(row[5]),
        stamp,
        *("" if x is None else str(x) for x in row[7:]),
    ]
    lines = kit.rows(
        f"SELECT line, account, sub, earmark, cents FROM posting WHERE entry_id = {entry} ORDER BY line"  # noqa: E501
    )
    return "\n".join("\x1f".join(map(str, part)) for part in (head, *lines)).encode()


def repeated_once(kit: Kit) -> None:
    assert kit.earn("same", 700) == kit.earn("same", 700)
    assert len(kit.rows("SELECT id FROM entry")) == 1


def repeated_at_once(kit: Kit) -> None:
    assert len(set(kit.at_once(lambda _: kit.earn("form", 700)))) == 1
    assert len(kit.rows("SELECT id FROM entry")) == 1


def nothing_lost_on_a_hot_account(kit: Kit) -> None:
    kit.at_once(lambda n: [kit.earn(f"h{n}-{k}", 10) for k in range(3)])
    ((cents,),) = kit.rows("SELECT sum(debits - credits) FROM balance WHERE account = 1020")
    assert cents == WRITERS * 3 * 10


def value_conserved(kit: Kit) -> None:
    kit.earn("first", 50_000)
    kit.earn("second", 100_000)
    kit.at_once(lambda n: kit.spend(f"v{n}", 7 + n))
    ((cents,),) = kit.rows("SELECT sum(debits - credits) FROM balance")
    assert cents == 0


def balance_is_projection(kit: Kit) -> None:
    for n in range(3):
        kit.earn(f"p{n}", 900)
    kit.spend("q", 300)
    assert sorted(kit.rows(SUMS)) == sorted(kit.rows(LINES))


def no_overdraft(kit: Kit) -> None:
    kit.earn("fund", 1_000)

    def drain(n: int) -> bool:
        try:
            return kit.spend(f"d{n}", 300) > 0
        except NO:
            return False

    assert kit.at_once(drain).count(True) == 3
    assert kit.rows("SELECT sum(debits - credits) FROM balance WHERE account = 1020") == [(100,)]


def no_drift(kit: Kit) -> None:
    for n, cents in enumerate((1, LIMIT - 1, 1, 3, 333_333)):
        kit.earn(f"x{n}", cents)
    ((cents,),) = kit.rows("SELECT sum(debits) FROM balance WHERE account = 1020")
    assert cents == LIMIT - 1 + 1 + 1 + 3 + 333_333


def groups_not_mixed(kit: Kit) -> None:
    kit.earn("m", 500)
    with pytest.raises(NO):
        kit.submit("mix", Line(7020, 5), Line(1020, -5), event=Event.BANK_CHARGE)
    assert len(kit.rows("SELECT id FROM entry")) == 1


def reversal_compensates(kit: Kit) -> None:
    kit.earn("keep", 100)
    before = sorted(kit.rows(SUMS))
    kit.reverse(kit.earn("wrong", 5_000))
    assert sorted(kit.rows(SUMS)) == before


def rebuilt_from_the_log(kit: Kit) -> None:
    kit.earn("r", 900)
    kit.reverse(kit.earn("s", 50))
    sums: Counter[tuple[Any, ...]] = Counter()
    for account, sub, earmark, cents in kit.rows(
        "SELECT account, sub, earmark, cents FROM posting"
    ):
        sums[account, sub, earmark] += cents
    assert {row[:3]: row[3] for row in kit.rows(SUMS)} == {k: v for k, v in sums.items() if v}
    last = kit.rows("SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1")
    assert kit.rows("SELECT seq, hash FROM chain_head") == last


def in_order(kit: Kit) -> None:
    given = kit.at_once(lambda n: [kit.earn(f"o{n}-{k}", 5) for k in range(3)])
    assert all(own == sorted(own) for own in given)
    numbers = [row[0] for row in kit.rows("SELECT id FROM entry ORDER BY id")]
    assert numbers == sorted(n for own in given for n in own) == list(range(1, WRITERS * 3 + 1))


def refusal_is_not_applied(kit: Kit) -> None:
    for _ in range(2):
        with pytest.raises(NO):
            kit.spend("later", 100)
    kit.earn("now there is money", 100)
    assert kit.spend("later", 100) == 2


INVARIANTS: dict[str, Callable[[Kit], None]] = {
    "01 balanced per currency": balanced,
    "02 append-only": append_only,
    "03 hash chain": chained,
    "04 a repeated submission changes nothing": repeated_once,
    "05 concurrent repeats become one": repeated_at_once,
    "06 no lost update on a hot account": nothing_lost_on_a_hot_account,
    "07 value conserved under concurrency": value_conserved,
    "08 balance is the projection of the journal": balance_is_projection,
    "09 overdraft guard under concurrent drain": no_overdraft,
    "10 no precision drift": no_drift,
    "11 currencies not mixed": groups_not_mixed,
    "12 reversal compensates": reversal_compensates,
    "13 state rebuilds from the log": rebuilt_from_the_log,
    "14 order per account monotonic": in_order,
    "15 a repeat of a refused transaction is not applied": refusal_is_not_applied,
}
