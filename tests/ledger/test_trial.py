"""Prove that the program does not start on a database that takes a false hash."""

import pytest
from flask import Flask
from sqlalchemy import text

from diversion.core.database import db, transaction
from diversion.ledger import connection, queries, schema, trial
from tests.ledger import books


def test_the_trial_leaves_nothing_behind(app: Flask) -> None:
    with app.app_context(), transaction():
        books.assess()
        trial.refuse_a_false_hash()
    with app.app_context():
        assert queries.head().number == 1
        assert db.session.scalar(text("SELECT count(*) FROM posting")) == 2


def test_a_database_without_the_hash_guard_is_not_served(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        db.engine.dispose()
        if db.engine.dialect.name == "sqlite":
            monkeypatch.setattr(schema, "statements", lambda _: [])
        else:
            _take_the_hash_out()
    with app.app_context(), pytest.raises(trial.GuardsDown), transaction():
        trial.refuse_a_false_hash()


def _take_the_hash_out() -> None:
    found = next(s for s in schema.statements("postgresql") if "ledger_entry_bi()" in s)
    weak = found.replace("PERFORM ledger_refuse('hash is wrong')", "NULL")
    with connection.schema_changes(), db.engine.connect() as raw:
        raw.exec_driver_sql(weak.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
        raw.commit()
