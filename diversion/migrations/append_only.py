"""Let rows of a table be added and never changed or removed, on both engines."""

from alembic import op


def append_only(*tables: str) -> None:
    """Put up the triggers; they also fire where a session calls itself a replica."""
    put_up = _on_postgresql if op.get_bind().dialect.name == "postgresql" else _on_sqlite
    for table in tables:
        put_up(table)


def release(*tables: str) -> None:
    """Take down what outlives the tables themselves."""
    if op.get_bind().dialect.name == "postgresql":
        for table in tables:
            op.execute(f"DROP FUNCTION {table}_stays() CASCADE")


def _on_postgresql(table: str) -> None:
    op.execute(f"""CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{table} is append-only'; END $$""")
    op.execute(f"""CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_stays()""")
    op.execute(f"""CREATE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()""")
    for trigger in (f"{table}_stays", f"{table}_stays_whole"):
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def _on_sqlite(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"""CREATE TRIGGER {table}_stays_{verb.lower()} BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""")
