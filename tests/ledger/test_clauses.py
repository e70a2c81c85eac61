"""Every clause of the ledger's triggers refuses what it is there for; each is taken out once."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from diversion.core.database import transaction
from tests.ledger import bare, clauses
from tests.ledger.attempts import AFTERWARDS, NEEDLESS, PAID, begin, of_engine
from tests.ledger.forged import NEXT, Attempt


@pytest.fixture
def raw(app: Flask) -> Generator[Connection]:
    """Books with six entries, open to statements that no program would send."""
    with app.app_context():
        with transaction():
            begin()
        with bare.open_books() as opened:
            yield opened


def missed(raw: Connection, key: str) -> list[str]:
    """Return how the attempts under a key end that are not refused for its reason."""
    table, _colon, reason = key.partition(": ")
    reason = reason.replace("truncated", f"{table} is append-only")
    said = [_tried(raw, attempt) for attempt in of_engine(raw.dialect.name)[key]]
    return [each for each in said if "LEDGER: " not in each or not each.endswith(reason)]


def _tried(raw: Connection, attempt: Attempt) -> str:
    """Send the statements of an attempt and take them back; return what refused them."""
    savepoint = raw.begin_nested()
    try:
        for statement in _statements(raw, attempt):
            clauses.send(raw, statement)
    except DBAPIError as error:
        return str(error.orig).splitlines()[0]
    finally:
        savepoint.rollback()
    return "accepted"


def _statements(raw: Connection, attempt: Attempt) -> tuple[str, ...]:
    if isinstance(attempt, str):
        return tuple(attempt.split("; "))
    return attempt if isinstance(attempt, tuple) else attempt(raw)


def works(raw: Connection) -> bool:
    """Say whether an entry that is right comes in and moves head, series and balances."""
    savepoint = raw.begin_nested()
    try:
        for statement in PAID(raw):
            raw.exec_driver_sql(statement)
        found = [tuple(row) for row in raw.execute(text(AFTERWARDS))]
    except DBAPIError:
        return False
    finally:
        savepoint.rollback()
    return found == [(NEXT, 3, 7, 41_005, 2)]


def test_every_clause_has_attempts(raw: Connection) -> None:
    found = {mutant.key for mutant in clauses.clauses(raw)}
    assert found - of_engine(raw.dialect.name).keys() == set()


def test_every_clause_refuses_its_attempts(raw: Connection) -> None:
    found = {key: missed(raw, key) for key in of_engine(raw.dialect.name)}
    assert {key: said for key, said in found.items() if said} == {}


def test_without_a_clause_its_attempts_are_not_refused(raw: Connection) -> None:
    """Each clause is taken out once, and each part of one that has several."""
    survived, count = [], 0
    for mutant in clauses.clauses(raw):
        if mutant.name.partition(", ")[2] in NEEDLESS:
            continue
        with _mutated(raw, mutant):
            count += 1
            if not missed(raw, mutant.key):
                survived.append(mutant.name)
    assert survived == [], "\n".join(survived)
    assert count > 60


def test_without_what_a_trigger_writes_no_entry_comes_in_as_it_should(raw: Connection) -> None:
    assert works(raw)
    survived, count = [], 0
    for mutant in clauses.effects(raw):
        with _mutated(raw, mutant):
            count += 1
            if works(raw):
                survived.append(mutant.name)
    assert survived == [], "\n".join(survived)
    assert count == (4 if raw.dialect.name == "sqlite" else 5)


def test_no_trigger_of_postgresql_is_taken_off_unseen(raw: Connection) -> None:
    if raw.dialect.name != "postgresql":
        return
    keys, survived = of_engine("postgresql"), []
    for mutant in clauses.triggers(raw):
        with _mutated(raw, mutant):
            asked = [key for key in keys if key.startswith(mutant.key)]
            if works(raw) and not any(missed(raw, key) for key in asked):
                survived.append(mutant.name)
    assert survived == [], "\n".join(survived)


@contextmanager
def _mutated(raw: Connection, mutant: clauses.Mutant) -> Generator[None]:
    savepoint = raw.begin_nested()
    for statement in mutant.statements:
        clauses.send(raw, statement)
    yield
    savepoint.rollback()
