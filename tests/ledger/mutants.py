"""Take one guard out of a ledger, so that a test can show that it was this one which refused."""

import re

import pytest

from diversion.core.database import db
from diversion.ledger import connection as guards
from diversion.ledger import rules, schema


def without(*reasons: str) -> None:
    """Take the clauses that refuse for `reasons` out of the guards of this database."""
    run(*_mutated(db.engine.dialect.name, reasons))


def run(*statements: str) -> None:
    """Change the schema past the authorizer, as a migration could."""
    db.session.remove()
    db.engine.dispose()
    with guards.schema_changes(), db.engine.connect() as raw:
        for statement in statements:
            raw.exec_driver_sql(statement)
        raw.commit()
    db.engine.dispose()


def lawless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules of the core pass everything: only the database refuses now."""

    def decide(_snapshot: object, asked: rules.Asked) -> rules.Draft:
        return rules.Draft(asked.lines, sum(x.cents for x in asked.lines if x.cents > 0))

    monkeypatch.setattr(rules, "decide", decide)


def rewritten(trigger: str, old: str, new: str) -> list[str]:
    """Return the statements that put `new` for `old` into a trigger of either engine."""
    if db.engine.dialect.name == "sqlite":
        _, body = schema.triggers("sqlite")[trigger]
        assert old in body
        return [f"DROP TRIGGER {trigger}", body.replace(old, new)]
    functions = (s for s in schema.statements("postgresql") if f"ledger_{trigger}()" in s)
    body = next(s for s in functions if old in s)
    return [body.replace(old, new).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)]


def _mutated(dialect: str, reasons: tuple[str, ...]) -> list[str]:
    found = (
        {name: body for name, (_, body) in schema.triggers(dialect).items()}
        if dialect == "sqlite"
        else {body: body for body in schema.statements(dialect) if "CREATE FUNCTION" in body}
    )
    changed = {name: _cut(body, reasons) for name, body in found.items()}
    new = [
        statement
        for name, body in changed.items()
        if body != found[name]
        for statement in (
            [f"DROP TRIGGER {name}", body]
            if dialect == "sqlite"
            else [body.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)]
        )
    ]
    assert new, reasons
    return new


def _cut(body: str, reasons: tuple[str, ...]) -> str:
    for reason in map(re.escape, reasons):
        body = re.sub(rf"PERFORM ledger_refuse\('{reason}'\)", "NULL", body)
        clause = rf"  SELECT RAISE\(ABORT, 'LEDGER: {reason}'\).*?;\n"
        body = re.sub(clause, "", body, flags=re.DOTALL)
    return body.replace("BEGIN\nEND", "BEGIN\n  SELECT 1;\nEND")
