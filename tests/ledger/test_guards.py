"""Attack the ledger with SQL, and remove each guard once: a named refusal must be missed."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from diversion.core.database import db, transaction
from diversion.ledger import facts, rules, writing
from diversion.ledger.commands import Line
from diversion.ledger.events import Event
from tests.conftest import NOW
from tests.ledger import books
from tests.ledger.books import TODAY
from tests.ledger.mutants import without


def sql(statement: str) -> None:
    db.session.execute(text(statement))


@pytest.fixture
def full(app: Flask) -> Flask:
    with app.app_context(), transaction():
        books.assess()
        books.receipt()
    return app


ATTACKS = {
    "change a line": "UPDATE posting SET cents = 1 WHERE entry_id = 1 AND line = 1",
    "delete a line": "DELETE FROM posting WHERE entry_id = 1",
    "change an entry": "UPDATE entry SET actor = 1 WHERE id = 1",
    "delete an entry": "DELETE FROM entry WHERE id = 2",
    "change a receipt": "UPDATE receipt_number SET cents = 1",
    "delete a receipt": "DELETE FROM receipt_number",
    "grow a balance": "UPDATE balance SET debits = debits + 5",
    "shrink a balance": "UPDATE balance SET debits = 0 WHERE account = 1010",
    "delete a balance": "DELETE FROM balance",
    "move the head": f"UPDATE chain_head SET seq = 1, hash = '{'A' * 64}'",
    "delete the head": "DELETE FROM chain_head",
    "skip a number": "UPDATE series SET last = last + 1",
    "delete a series": "DELETE FROM series",
    "change the chart": "UPDATE account SET sgn = 0 WHERE code = 1010",
    "delete an account": "DELETE FROM account WHERE code = 5040",
    "delete a period": "DELETE FROM period WHERE id = 202611",
    "add a line to a sealed entry": "INSERT INTO posting VALUES (1, 3, 4090, 0, 0, 5)",
    "add a line for later": "INSERT INTO posting VALUES (9, 1, 4090, 0, 0, 5)",
    "a balance from nothing": "INSERT INTO balance VALUES (5040, 0, 0, 0, 7, 7)",
    "a fraction of a cent": "INSERT INTO posting VALUES (3, 1, 4090, 0, 0, 0.5)",
    "nothing at all": "INSERT INTO posting VALUES (3, 1, 4090, 0, 0, 0)",
    "a receipt for a sealed entry":
        "INSERT INTO receipt_number VALUES (2, 'M-2026-', 2, 1, 'cash', 5, '', false)",
    "a receipt that leaves a gap":
        "INSERT INTO receipt_number VALUES (2, 'M-2026-', 3, 3, 'cash', 5, '', false)",
    "a series that starts late": "INSERT INTO series VALUES ('X-', 5)",
}  # fmt: skip
ONLY = {
    "sqlite": {
        "replace a line": "INSERT OR REPLACE INTO posting VALUES (1, 1, 1200, 31, 0, 1)",
        "replace a balance": "INSERT OR REPLACE INTO balance VALUES (1010, 1, 0, 1, 0, 0)",
        "replace the head": "INSERT OR REPLACE INTO chain_head VALUES (1, 0, '')",
        "replace a receipt":
            "INSERT OR REPLACE INTO receipt_number VALUES (1, 'M-2026-', 1, 3, 'cash', 5, '', 0)",
        "replace a series": "INSERT OR REPLACE INTO series VALUES ('M-2026-', 0)",
        "drop a guard": "DROP TRIGGER entry_bu",
        "drop the hash guard": "DROP TRIGGER temp.entry_hash",
        "drop a table": "DROP TABLE posting",
        "alter a table": "ALTER TABLE entry RENAME TO other",
        "attach another file": "ATTACH ':memory:' AS other",
        "switch foreign keys off": "PRAGMA foreign_keys = OFF",
        "open the schema": "PRAGMA writable_schema = ON",
        "trust the schema": "PRAGMA trusted_schema = ON",
    },
    "postgresql": {
        "truncate": "TRUNCATE entry CASCADE",
        "truncate balances": "TRUNCATE balance",
        "as a replica":
            "SET LOCAL session_replication_role = replica; UPDATE entry SET actor = 1",
    },
}  # fmt: skip


def test_each_attack_by_sql_is_refused_le_01(full: Flask) -> None:
    for name, statement in ATTACKS.items():
        assert refusal(full, partial(sql, statement)) is not None, name


def refusal(app: Flask, act: Callable[[], None]) -> DBAPIError | None:
    """Return with which words the database refused, or None if all was committed."""
    try:
        with app.app_context(), transaction():
            act()
    except DBAPIError as refused:
        return refused
    return None


def test_an_attack_on_one_engine_is_refused_le_01(full: Flask) -> None:
    with full.app_context():
        attacks = ONLY[db.engine.dialect.name]
    for name, statement in attacks.items():
        with full.app_context(), pytest.raises((DBAPIError, ValueError)), transaction():
            sql(statement)
            pytest.fail(name)


def test_lines_without_a_seal_do_not_commit(full: Flask) -> None:
    with full.app_context(), pytest.raises(IntegrityError), transaction():
        sql("INSERT INTO posting VALUES (3, 1, 4090, 0, 0, 5), (3, 2, 5040, 0, 0, -5)")


# --- what the rules would let pass if they were gone: the database refuses by itself ---


def _forced(change: Callable[[dict[str, Any]], None], event: Event, *lines: Line, **more: Any):  # type: ignore[no-untyped-def]
    """Post past the rules; `change` may falsify the entry row before it is written."""

    def act(monkeypatch: pytest.MonkeyPatch) -> None:
        total = sum(x.cents for x in lines if x.cents > 0)
        monkeypatch.setattr(rules, "decide", lambda _s, asked: rules.Draft(asked.lines, total))
        original = writing.write

        def falsified(honest: dict[str, Any], told: Any) -> None:
            row = dict(honest)
            change(row)
            if row["hash"] == honest["hash"] and row != honest:
                row["hash"] = facts.rehash(SimpleNamespace(**row), list(lines))
            original(row, told)

        monkeypatch.setattr(writing, "write", falsified)
        books.post(event, *lines, **more)

    return act


def same(_: dict[str, Any]) -> None:
    pass


def wrong(**columns: Any) -> Callable[[dict[str, Any]], None]:
    return lambda row: row.update(columns)


ODD = (Line(1200, 5, 31), Line(2500, -5, 31))
RECEIPT = books.receipt_lines(31, 1_000)
FALSE_BACK = (Line(1200, -60_000, 31), Line(1200, -40_000, 32), Line(2500, 100_000, 31))

REFUSED = {
    "line count or total": _forced(wrong(lines=3), Event.ASSESS, *ODD),
    "line count or total ": _forced(wrong(total=6), Event.ASSESS, *ODD),
    "unbalanced": _forced(same, Event.ASSESS, Line(1200, 5, 31), Line(2500, -4, 31)),
    "account inactive": _forced(same, Event.STF_REMIT, Line(7300, 5, 1), Line(7020, -5),
                                approved_by=8),
    "sub-ledger key": _forced(same, Event.ASSESS, Line(1200, 5), Line(2500, -5)),
    "sub-ledger key ": _forced(same, Event.BANK_CHARGE, Line(5040, 5, 3), Line(1020, -5)),
    "group not for this event": _forced(same, Event.STF_REMIT, Line(1020, 5), Line(4200, -5),
                                        approved_by=8),
    "account not for this event": _forced(same, Event.ASSESS, Line(1020, 5), Line(3000, -5)),
    "period": _forced(wrong(period=0), Event.INTEREST, Line(1020, 5), Line(4200, -5)),
    "second person": _forced(same, Event.WAIVE, Line(2500, 5, 31), Line(1200, -5, 31)),
    "second person ": _forced(same, Event.INTEREST, Line(1020, 5), Line(4200, -5),
                              approved_by=books.CASHIER),
    "not kept apart": _forced(same, Event.DEPOSIT, Line(1015, 40_000, 5), Line(1010, -40_000, 1)),
    "reversal": _forced(same, Event.ASSESS, *ODD, reverses=1),
    "reversal is not exact": _forced(same, Event.REVERSE, *FALSE_BACK, reverses=1, approved_by=8),
    "receipt and event": _forced(same, Event.RECEIPT_UNIDENTIFIED, Line(1010, 5, 1),
                                 Line(2400, -5, 1)),
    "receipt total": _forced(same, RECEIPT[0], *RECEIPT[1:], tender=books.tender(999)),
    "chain broken": _forced(wrong(prev="A" * 64), Event.INTEREST, Line(1020, 5), Line(4200, -5)),
    "hash is wrong": _forced(wrong(hash="A" * 64), Event.INTEREST, Line(1020, 5), Line(4200, -5)),
    "control character": _forced(wrong(doc="a\nb"), Event.INTEREST, Line(1020, 5), Line(4200, -5)),
    "receivable is not deferred": _forced(same, Event.ASSESS, Line(1200, 5, 31),
                                          Line(2500, -5, 32)),
    "receipt is not whole": _forced(same, Event.DEPOSIT, Line(1015, 10, 5), Line(1010, -10, 1),
                                    by=books.ACCOUNTANT),
}  # fmt: skip
OUT_OF_PLACE = _forced(wrong(id=9), Event.INTEREST, Line(1020, 5), Line(4200, -5))
FLOOR = _forced(same, Event.BANK_CHARGE, Line(5040, 5), Line(1020, -5))


def test_the_database_refuses_by_itself(full: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, act in REFUSED.items():
        with monkeypatch.context() as patched:
            refused = refusal(full, partial(act, patched))
        assert isinstance(refused, IntegrityError), name
        assert f"LEDGER: {name.strip()}" in str(refused), name


def test_an_entry_takes_the_next_place(full: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    reason = "LEDGER: line is not of the next entry"
    with full.app_context(), pytest.raises(IntegrityError, match=reason), transaction():
        OUT_OF_PLACE(monkeypatch)


def test_no_balance_goes_below_its_floor(full: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with full.app_context(), pytest.raises(IntegrityError, match="floor"), transaction():
        FLOOR(monkeypatch)


def test_an_entry_is_turned_back_once_by_the_database(
    full: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with full.app_context(), transaction():
        charge = books.assess(32, 500)
        books.reverse(charge)
        books.assess(32, 500)
    back = _forced(same, Event.REVERSE, Line(1200, -500, 32), Line(2500, 500, 32),
                   reverses=charge.number, approved_by=8)  # fmt: skip
    reason = r"reversed already|UNIQUE"
    with full.app_context(), pytest.raises(IntegrityError, match=reason), transaction():
        back(monkeypatch)


# --- remove each guard once: what it refused must then pass, so it is that guard which refuses ---

MUTANTS = {
    "posting exists": (
        "posting_bi", "entry is sealed", "INSERT INTO posting VALUES (1, 3, 4090, 0, 0, 5)",
    ),
    "receipt: entry is sealed": (
        "receipt_number_bi", "receipt: entry is sealed",
        "INSERT INTO receipt_number VALUES (2, 'M-2026-', 2, 1, 'cash', 5, '', false)",
    ),
    "balances start at zero": (
        "balance_bi", "balances start at zero",
        "INSERT INTO balance VALUES (5040, 0, 0, 0, 7, 7)",
    ),
}  # fmt: skip
BY_TRIGGER = [name for name in REFUSED if name != "hash is wrong"]


@pytest.mark.parametrize("name", BY_TRIGGER)
def test_each_clause_of_the_seal_refuses_alone(
    full: Flask, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Without its clause the same entry is no longer refused for that reason."""
    with full.app_context():
        without(name.strip())
    with full.app_context():
        try:
            with transaction():
                REFUSED[name](monkeypatch)
        except DBAPIError as error:
            assert _first_line(error) != f"LEDGER: {name.strip()}"  # noqa: PT017


@pytest.mark.parametrize("name", MUTANTS)
def test_each_clause_of_the_lines_refuses_alone(full: Flask, name: str) -> None:
    trigger, reason, statement = MUTANTS[name]
    refusal = f"LEDGER: {reason}|not authorized"
    with full.app_context(), pytest.raises(DBAPIError, match=refusal), transaction():
        sql(statement)
    with full.app_context():
        without(reason)
    with full.app_context():
        try:
            with transaction():
                sql(statement)
        except DBAPIError as error:
            assert _first_line(error) != f"LEDGER: {reason}", trigger  # noqa: PT017


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).splitlines()[0]


def test_the_guards_of_a_connection_are_there_before_it_writes(app: Flask) -> None:
    with app.app_context(), transaction():
        if db.engine.dialect.name == "sqlite":
            names = db.session.scalars(text("SELECT name FROM temp.sqlite_master")).all()
            assert names == ["entry_hash"]
        assert facts.lock_head().seq == 0


def test_a_false_hash_from_another_program_stops_the_next_entry(
    full: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "rehash", lambda *_: "0" * 64)
    with full.app_context(), pytest.raises(facts.ChainBroken), transaction():
        books.assess(33, 5)


def test_the_day_is_written_alike_whatever_the_client_prefers(full: Flask) -> None:
    with full.app_context(), transaction():
        if db.engine.dialect.name == "postgresql":
            sql("SET LOCAL DateStyle = 'ISO, DMY'")
            sql("SET LOCAL TimeZone = 'Asia/Tokyo'")
        assert books.assess(34, 5, on=TODAY, now=NOW).number == 3
