"""Prove that each kind of damage is found, under a number and a sentence of its own."""

import sqlite3

import psycopg
import pytest
from flask import Flask

from diversion.core.database import db, transaction
from diversion.ledger import schema
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import MEANING, Report, verify
from tests.ledger import books


@pytest.fixture
def full(app: Flask) -> Flask:
    """Five entries: a charge, two receipts, one voided, one deposited."""
    with app.app_context(), transaction():
        books.assess()
        first, second = books.receipt(), books.receipt(cents=10_000)
        books.void(second)
        books.deposit(5, (first.receipt_id or 0, 40_000))
    return app


def damage(app: Flask, *statements: str) -> None:
    """Write past all guards, as somebody with the file in hand could."""
    with app.app_context():
        db.session.remove()
        dialect = db.engine.dialect.name
        url = db.engine.url
        db.engine.dispose()
    kinds = set(schema.triggers(dialect))
    if dialect == "sqlite":
        with sqlite3.connect(str(url.database)) as raw:
            for name in kinds:
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
            for name, (_, text) in schema.triggers(dialect).items():
                assert name
                raw.execute(text)
        raw.close()
        return
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn) as raw_pg:
        for table in {table for table, _ in schema.triggers(dialect).values()}:
            raw_pg.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        raw_pg.execute(b"ALTER TABLE posting DROP CONSTRAINT fk_posting_entry_id")
        raw_pg.execute(b"ALTER TABLE receipt_number DROP CONSTRAINT fk_receipt_number_entry_id")
        for statement in statements:
            raw_pg.execute(statement.encode())
        for name, (table, _) in schema.triggers(dialect).items():
            raw_pg.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}".encode())


def report(app: Flask, **more: object) -> Report:
    with app.app_context():
        return verify(**more)  # type: ignore[arg-type]


def test_a_sound_ledger_has_no_finding(full: Flask) -> None:
    found = report(full)
    assert (found.findings, found.exit_code, found.entries) == ([], 0, 5)


def test_every_fault_has_its_own_sentence_and_number() -> None:
    assert set(MEANING) == set(Fault)
    assert len(set(MEANING.values())) == len(Fault)
    assert min(Fault) == 10


DAMAGES = {
    "amount": (Fault.HASH, "UPDATE posting SET cents = cents + 1 WHERE entry_id = 2 AND line = 1"),
    "sub": (Fault.HASH, "UPDATE posting SET sub = 99 WHERE entry_id = 1"),
    "date": (Fault.HASH, "UPDATE entry SET effective_on = '2026-11-20' WHERE id = 2"),
    "person": (Fault.PEOPLE, "UPDATE entry SET actor = 7 WHERE id = 4"),
    "middle": (Fault.SEQUENCE, "DELETE FROM entry WHERE id = 2"),
    "lines": (Fault.ORPHAN, "DELETE FROM entry WHERE id = 5"),
    "tail": (Fault.HEAD, "DELETE FROM posting WHERE entry_id = 5", "DELETE FROM entry WHERE id=5"),
    "balance": (Fault.BALANCE, "UPDATE balance SET debits = debits + 5 WHERE account = 4010"),
    "floor": (Fault.FLOOR, "UPDATE balance SET sgn = 0 WHERE account = 1010"),
    "gap": (Fault.RECEIPT_GAP, "DELETE FROM receipt_number WHERE number = 1"),
    "number": (Fault.RECEIPT_GAP, "UPDATE series SET last = 7"),
    "tender": (Fault.RECEIPT, "UPDATE receipt_number SET cents = 1 WHERE number = 1"),
    "whole": (Fault.NOT_WHOLE, "UPDATE posting SET cents = -39999 WHERE account=1010 AND cents<0"),
    "mirror": (Fault.MIRROR, "UPDATE posting SET sub = 32 WHERE account = 1200 AND entry_id = 1"),
    "group": (Fault.GROUP, "UPDATE posting SET account = 7020 WHERE account = 1015"),
    "across groups": (
        Fault.UNBALANCED,
        "UPDATE posting SET account = 7020 WHERE account = 1015",
    ),
    "reversal": (Fault.REVERSAL, "UPDATE entry SET reverses = 2 WHERE id = 4"),
    "link": (Fault.LINK, f"UPDATE entry SET prev = '{'A' * 64}' WHERE id = 3"),
    "unbalanced": (Fault.UNBALANCED, "DELETE FROM posting WHERE entry_id = 3 AND line = 2"),
    "head": (Fault.HEAD, f"UPDATE chain_head SET hash = '{'A' * 64}'"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found(full: Flask, name: str) -> None:
    fault, *statements = DAMAGES[name]
    damage(full, *statements)
    assert fault in {finding.fault for finding in report(full).findings}


def test_a_missing_guard_is_found(full: Flask) -> None:
    with full.app_context():
        url, dialect = db.engine.url, db.engine.dialect.name
    if dialect == "sqlite":
        raw = sqlite3.connect(str(url.database))
        raw.execute("DROP TRIGGER entry_bu")
        raw.close()
    else:
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(dsn) as raw_pg:
            raw_pg.execute(b"ALTER TABLE entry DISABLE TRIGGER entry_keep")
    assert [finding.fault for finding in report(full).findings] == [Fault.GUARDS]


def test_a_printed_receipt_bears_witness_against_a_chain_made_anew(full: Flask) -> None:
    with full.app_context():
        good = str(db.session.execute(db.text("SELECT hash FROM entry WHERE id = 2")).scalar())
    assert report(full, anchors=[(2, good[:16].lower())]).findings == []
    wrong = "F" * 16 if good[0] != "F" else "0" * 16
    assert {f.fault for f in report(full, anchors=[(2, wrong), (2, good)]).findings} == {
        Fault.ANCHOR
    }
    assert {f.fault for f in report(full, anchors=[(9, good)]).findings} == {Fault.ANCHOR}
