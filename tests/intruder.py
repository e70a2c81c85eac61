"""Do what somebody can do who reached the database without the program."""

import re
import sqlite3

from sqlalchemy import text
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.ledger import connection as guards


def force(*statements: str) -> None:
    """Run statements on a connection that has none of the program's guards."""
    if db.engine.dialect.name != "sqlite":
        with transaction():
            for statement in statements:
                db.session.execute(text(statement))
        return
    db.session.remove()
    connection = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    try:
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        connection.close()


def damage(session: Session, statement: str) -> None:
    """Run a statement in a test's own transaction, past the guards of the table it names."""
    (table,) = re.findall(r"^(?:UPDATE|DELETE FROM) (\w+)", statement)
    connection = session.connection()
    raw = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        raw.set_authorizer(None)
        for verb in ("update", "delete"):
            raw.execute(f"DROP TRIGGER {table}_stays_{verb}")
        raw.set_authorizer(guards._answer)
    else:
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    connection.execute(text(statement))
