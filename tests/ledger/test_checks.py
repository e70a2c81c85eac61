"""Every CHECK on a table of money refuses the row that it is there for, and no other does."""

import re

from flask import Flask
from sqlalchemy import CheckConstraint, Connection, text

from tests.ledger import bare
from tests.ledger.falsehoods import ALSO_FALSE, FALSE

GUARDED_BY = (
    "balance",
    "chain_head",
    "office_switch",
    "posting",
    "receipt_number",
)  # their triggers ask first
ON_POSTGRESQL = "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE contype = 'c'"
ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
CHECK = re.compile(r"CONSTRAINT (\w+) CHECK")


def checks(raw: Connection) -> dict[str, str]:
    """Return the checks of the migrated database on tables of money: name → table."""
    if raw.dialect.name == "postgresql":
        found = {row[0]: row[1] for row in raw.execute(text(ON_POSTGRESQL))}
    else:
        rows = raw.execute(text(ON_SQLITE)).all()
        found = {name: table for table, body in rows for name in CHECK.findall(body)}
    return {name: table for name, table in found.items() if table in bare.tables()}


def unguard(raw: Connection) -> None:
    """Take the triggers off the tables whose rows no one but an entry may write."""
    for table in GUARDED_BY:
        if raw.dialect.name == "postgresql":
            raw.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            continue
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        for name in raw.scalars(text(asked), {"table": table}).all():
            raw.execute(text(f"DROP TRIGGER {name}"))


def plain(name: str, table: str) -> str:
    """Return a check's name as its model has it; some migrations put the table's name twice."""
    return re.sub(rf"^(ck_{table}_)+", f"ck_{table}_", name)


def missed(raw: Connection, name: str, table: str) -> str:
    """Say how a check does not do its work; nothing if it refuses each row by its name."""
    called = plain(name, table)
    for bad in [FALSE[called], *(row for other, row in ALSO_FALSE if other == called)]:
        said = bare.insert(raw, bare.tables()[table], **bad)
        if name not in said:
            return f"{name}: {bad} {said or 'accepted'}"
    return ""


def drop(raw: Connection, name: str, table: str) -> None:
    """Take a check out of its table; SQLite's table is made anew without it, and empty."""
    if raw.dialect.name == "postgresql":
        raw.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        return
    body = raw.scalar(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})
    without = re.sub(rf",\s*CONSTRAINT {name} CHECK (\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))",
                     "", str(body))  # fmt: skip
    assert without != body, name
    raw.execute(text(f"DROP TABLE {table}"))
    raw.exec_driver_sql(without)


def test_every_check_of_the_database_has_its_row(app: Flask) -> None:
    with app.app_context(), bare.open_books() as raw:
        found = {plain(name, table) for name, table in checks(raw).items()}
    assert found == set(FALSE)
    models = [c for t in bare.tables().values() for c in t.constraints]
    assert found == {str(c.name) for c in models if isinstance(c, CheckConstraint)}


def test_every_check_refuses_its_row_alone(app: Flask) -> None:
    with app.app_context(), bare.open_books() as raw:
        unguard(raw)
        found = checks(raw)
        for table in sorted(set(found.values())):
            raw.execute(text(f"DELETE FROM {table}"))
        good = {t: bare.insert(raw, bare.tables()[t]) for t in sorted(set(found.values()))}
        assert {table: said for table, said in good.items() if said} == {}
        assert [text_ for name in found if (text_ := missed(raw, name, found[name]))] == []


def test_without_a_check_its_row_comes_in(app: Flask) -> None:
    """Each check is taken out once, and the test above would fail by its name."""
    with app.app_context(), bare.open_books() as raw:
        unguard(raw)
        survived = []
        for name, table in checks(raw).items():
            mutant = raw.begin_nested()
            drop(raw, name, table)
            if not missed(raw, name, table):
                survived.append(name)
            mutant.rollback()
        assert survived == []
