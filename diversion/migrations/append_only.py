"""Let rows of a table be added and never changed or removed, on both engines."""

import sqlalchemy as sa
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
    _stand_by(table)


def _stand_by(table: str) -> None:
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


def filled_once(*tables: str, until: str = "", free: tuple[str, ...] = ()) -> None:
    """Let rows stay, and a column change only from nothing to what it then stays.

    The columns `free` may change until the column `until` is filled.
    """
    bind = op.get_bind()
    for table in tables:
        names = [column["name"] for column in sa.inspect(bind).get_columns(table)]
        changed = " OR ".join(_changed(name, until if name in free else "") for name in names)
        if bind.dialect.name == "postgresql":
            _filled_on_postgresql(table, changed)
        else:
            _filled_on_sqlite(table, changed)


def _changed(name: str, until: str) -> str:
    """Return what is true where an update changes what stands."""
    return f'(OLD."{until or name}" IS NOT NULL AND NEW."{name}" IS DISTINCT FROM OLD."{name}")'


def _filled_on_postgresql(table: str, changed: str) -> None:
    op.execute(f"""CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF NOT ({changed}) THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION '{table} keeps what stands';
        END $$""")
    _stand_by(table)


def _filled_on_sqlite(table: str, changed: str) -> None:
    changed = changed.replace("IS DISTINCT FROM", "IS NOT")  # which SQLite learned late
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} keeps what stands'); END"
    for act in (
        f"update BEFORE UPDATE ON {table} WHEN {changed}",
        f"delete BEFORE DELETE ON {table}",
    ):
        op.execute(f"CREATE TRIGGER {table}_stays_{act} {refuse}")
