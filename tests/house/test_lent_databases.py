"""A database that is lent from test to test is each time as if nobody had touched it."""

import psycopg
import pytest

from tests import databases

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
REST = (
    "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1",
    "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
)
PAST_GUARDS = "SET session_replication_role = replica", "ALTER TABLE account DISABLE TRIGGER USER"
ACTS = {
    "nothing": (),
    "rows are added, and taken away again": (
        "INSERT INTO earmark VALUES (7, 'of a test')",
        "SELECT nextval('place_id_seq')",
    ),
    "rows of the beginning are changed and removed": (
        *PAST_GUARDS,
        "UPDATE account SET name = 'of a test' WHERE code = 1020",
        "DELETE FROM account WHERE code = 1010",
        "DELETE FROM alembic_version",
    ),
    "a guard is put to sleep": ("ALTER TABLE entry DISABLE TRIGGER USER",),
    "a guard says something else": (
        """CREATE OR REPLACE FUNCTION waiver_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RETURN NEW; END $$""",
    ),
    "a rule is dropped": ("ALTER TABLE earmark DROP CONSTRAINT pk_earmark CASCADE",),
    "a table has another name": ("ALTER TABLE audit_object RENAME TO gone",),
}


def _fill(url: str) -> None:
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        connection.execute("INSERT INTO earmark VALUES (5, 'of a module')")
        connection.execute("INSERT INTO earmark VALUES (6, 'of a module')")


@pytest.fixture(scope="module", params=[None, _fill], ids=["as migrated", "filled"])
def standing(request: pytest.FixtureRequest, servers: databases.Servers) -> databases.Standing:
    return servers.standing("postgresql", request.param)


def _connect(standing: databases.Standing) -> psycopg.Connection:
    return psycopg.connect(standing.url.replace("+psycopg", "", 1), autocommit=True)


def _everything(standing: databases.Standing) -> dict[str, object]:
    """Return all rows, where counting goes on, and which guards are awake."""
    found: dict[str, object] = {}
    with _connect(standing) as connection:
        for (name,) in connection.execute(TABLES).fetchall():
            rows = connection.execute(f"SELECT {name}::text FROM {name} ORDER BY 1".encode())
            found[name] = rows.fetchall()
        for number, query in enumerate(REST):
            found[str(number)] = connection.execute(query.encode()).fetchall()
    return found


@pytest.mark.parametrize("act", ACTS)
def test_whatever_a_test_does_the_next_one_finds_it_as_it_was(
    standing: databases.Standing, act: str
) -> None:
    standing.renew()
    untouched = _everything(standing)
    with _connect(standing) as connection:
        for statement in ACTS[act]:
            connection.execute(statement.encode())
    standing.renew()
    assert _everything(standing) == untouched


def test_who_still_holds_a_table_does_not_keep_the_next_one_waiting(
    standing: databases.Standing,
) -> None:
    standing.renew()
    untouched = _everything(standing)
    holding = _connect(standing)
    holding.execute("INSERT INTO earmark VALUES (7, 'of a test')")
    holding.autocommit = False
    holding.execute("LOCK TABLE earmark")
    standing.renew()
    assert _everything(standing) == untouched
    with pytest.raises(psycopg.OperationalError):
        holding.execute("SELECT 1")


def test_guards_are_awake_after_a_table_was_put_back(standing: databases.Standing) -> None:
    standing.renew()
    with _connect(standing) as connection:
        for statement in ACTS["rows of the beginning are changed and removed"]:
            connection.execute(statement.encode())
    standing.renew()
    with _connect(standing) as connection, pytest.raises(psycopg.Error, match="account"):
        connection.execute("DELETE FROM account WHERE code = 1010")
