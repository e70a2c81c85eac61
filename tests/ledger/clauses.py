"""Find the clauses of the guards in a migrated database, and take one out at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

RAISED = re.compile(r"  SELECT RAISE\(ABORT, 'LEDGER: ([^']+)'\)(?: WHERE (.*?))?;\n", re.DOTALL)
REFUSED = re.compile(r"PERFORM ledger_refuse\('([^']+)'\)")
OF_SQLITE = "SELECT name, tbl_name, sql FROM main.sqlite_master WHERE type = 'trigger'"
OF_POSTGRESQL = """SELECT proname, '', pg_get_functiondef(oid) FROM pg_proc
  WHERE proname LIKE 'ledger!_%' ESCAPE '!' ORDER BY proname"""
TRIGGERS = """SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal
  AND (tgfoid::regproc::text LIKE 'ledger!_%' ESCAPE '!')"""


EFFECT = re.compile(r"^ +(?:INSERT INTO|UPDATE) .*?;\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """A guard with one clause, or one of the reasons of a clause, taken out."""

    key: str  # table and reason
    name: str
    statements: tuple[str, ...]


def clauses(raw: Connection) -> Iterator[Mutant]:
    """Return a mutant for every clause of every trigger, and for each part of an OR in one."""
    sqlite = raw.dialect.name == "sqlite"
    rows = raw.execute(text(OF_SQLITE if sqlite else OF_POSTGRESQL)).all()
    for name, table, body in rows:
        if "LEDGER:" not in body and "ledger_refuse('" not in body:
            continue
        for reason, parts in _of_sqlite(body) if sqlite else _of_postgresql(body):
            of = table or _table(name)
            for place, mutated in parts:
                put = (f"DROP TRIGGER {name}", mutated) if sqlite else (mutated,)
                yield Mutant(f"{of}: {reason}", f"{name}, {reason}, {place}", put)


def send(raw: Connection, statement: str) -> None:
    """Send a statement as it stands."""
    sqlite = raw.dialect.name == "sqlite"
    raw.exec_driver_sql(statement if sqlite else statement.replace("%", "%%"))


def triggers(raw: Connection) -> Iterator[Mutant]:
    """Return a mutant of PostgreSQL for every trigger that is taken off."""
    for name, table in raw.execute(text(TRIGGERS)).all():
        yield Mutant(f"{table}:", name, (f"DROP TRIGGER {name} ON {table}",))


def effects(raw: Connection) -> Iterator[Mutant]:
    """Return a mutant for everything that a trigger writes by itself."""
    sqlite = raw.dialect.name == "sqlite"
    for name, _table, body in raw.execute(text(OF_SQLITE if sqlite else OF_POSTGRESQL)).all():
        for found in EFFECT.finditer(body) if "ai" in name.rpartition("_")[2] else ():
            cut = body.replace(found[0], "").replace("BEGIN\nEND", "BEGIN\n  SELECT 1;\nEND")
            yield Mutant("", name, (f"DROP TRIGGER {name}", cut) if sqlite else (cut,))


def _table(function: str) -> str:
    known = re.match(r"ledger_(\w+?)_(?:bi|bu|ai)$", function)
    return known[1] if known else "entry"


Parts = list[tuple[str, str]]


def _of_sqlite(body: str) -> Iterator[tuple[str, Parts]]:
    for found in RAISED.finditer(body):
        whole = body.replace(found[0], "").replace("BEGIN\nEND", "BEGIN\n  SELECT 1;\nEND")
        parts: Parts = [("all", whole)]
        if found[2]:
            start = found.start(2)
            parts += _without_one(body, found[2], start)
        yield found[1], parts


def _of_postgresql(body: str) -> Iterator[tuple[str, Parts]]:
    for found in REFUSED.finditer(body):
        parts: Parts = [("all", body[: found.start()] + "NULL" + body[found.end() :])]
        before = body[: found.start()]
        asked = list(re.finditer(r"(?<!END )\bIF (?!;)", before))
        then = before.rstrip().removesuffix("THEN").rstrip()
        if asked and before.rstrip().endswith("THEN"):
            start = asked[-1].end()
            parts += _without_one(body, then[start:], start)
        yield found[1], parts


def _without_one(body: str, condition: str, start: int) -> Parts:
    """Return the body without one of the parts that an OR at the top of a condition joins."""
    ends = [*_top_level(condition), (len(condition), len(condition))]
    if len(ends) == 1:
        return []
    made, since = [], 0
    for number, (end, after) in enumerate(ends, 1):
        cut = condition[:since] + " (1 = 0) " + condition[end:]
        made.append((f"part {number}", body[:start] + cut + body[start + len(condition) :]))
        since = after
    return made


def _top_level(condition: str) -> list[tuple[int, int]]:
    """Return where each OR outside of brackets begins and ends; none beside an AND outside."""
    found, depth = [], 0
    for token in re.finditer(r"'[^']*'|\(|\)|\bOR\b|\bAND\b|\bBETWEEN\b", condition):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if depth == 0 and token[0] == "OR":
            found.append((token.start(), token.end()))
    return found
