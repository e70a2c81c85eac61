"""No paper of money can be overwritten or removed, not even by who holds the database."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from diversion.core.database import Base, db
from tests import counties

FLOORS = ("diversion.fees.", "diversion.fund.")
# Files on their way to whoever asked for them: no papers, and gone after a week.
PASSING = "diversion.fund.exports.asked."
GUARDED = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%{} ON%'",
    "postgresql": "SELECT event_object_table FROM information_schema.triggers"
    " WHERE action_timing = 'BEFORE' AND event_manipulation = '{}'",
}


def _tables() -> set[str]:
    found = (m for m in Base.registry.mappers if m.class_.__module__.startswith(FLOORS))
    papers = (m for m in found if not m.class_.__module__.startswith(PASSING))
    return {str(mapper.local_table.name) for mapper in papers}


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_every_table_of_money_has_its_guard(app: Flask, verb: str) -> None:
    with app.app_context():
        asked = GUARDED[db.engine.dialect.name].format(verb)
        guarded = set(db.session.scalars(text(asked)))
    assert _tables() - guarded == set()


def test_the_papers_of_a_county_stay_as_they_are(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shutil.copytree(counties.untouched(tmp_path_factory), tmp_path, dirs_exist_ok=True)
    with sqlite3.connect(tmp_path / "county" / "diversion.sqlite3") as county:
        filled = [t for t in _tables() if county.execute(f"SELECT 1 FROM {t}").fetchone()]
        for table in filled:
            column = county.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]
            for change in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = -1"):
                with pytest.raises(sqlite3.IntegrityError, match=r"append-only|keeps what stands"):
                    county.execute(change)
    assert len(filled) > 40
