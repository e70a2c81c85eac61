"""Do what somebody can do who reached the database without the program."""

import sqlite3

from sqlalchemy import text

from diversion.core.database import db, transaction


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
