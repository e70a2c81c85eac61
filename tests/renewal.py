"""Put a database of PostgreSQL back as it was: row by row, where that is quicker than a copy."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg

SIZES = """SELECT relname, pg_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"""
TRIGGERS = "SELECT oid, tgrelid::regclass::text, tgenabled FROM pg_trigger WHERE NOT tgisinternal"
NUMBERS = "SELECT sequencename, last_value FROM pg_sequences"
# What a test may change of a database besides its rows. Hashes are PostgreSQL's own.
SHAPE = """SELECT
    (SELECT sum(hashtext(concat(oid, relname, relkind, relchecks, relowner, relacl)))
       FROM pg_class WHERE oid >= 16384),
    (SELECT sum(hashtext(concat(attrelid, attname, attnotnull, atttypid)))
       FROM pg_attribute WHERE attrelid >= 16384),
    (SELECT sum(hashtext(concat(oid, tgname, tgenabled))) FROM pg_trigger),
    (SELECT sum(hashtext(concat(oid, conname, convalidated)))
       FROM pg_constraint WHERE oid >= 16384),
    (SELECT sum(hashtext(concat(oid, proname, prosrc))) FROM pg_proc WHERE oid >= 16384),
    (SELECT count(*) FROM pg_db_role_setting)"""
BEGIN = """SET LOCAL session_replication_role = replica; SET LOCAL allow_system_table_mods = on;
"""
AS_OFTEN = 60  # what was deleted stays in the files, so now and then a copy is quicker after all


class Renewal:
    """One database, as it was when this was made, again and again.

    `copy` makes it anew from its template, where rows are not enough.
    """

    def __init__(self, address: str, copy: Callable[[], None]) -> None:
        self.address = address
        self.copy = copy
        self._begin()
        self.shape = self._ask(SHAPE)

    def _begin(self) -> None:
        self.times = 0
        self.connection = psycopg.connect(self.address, autocommit=True)
        self._do("SET lock_timeout = '1s'")
        self.triggers = self._ask(TRIGGERS)
        self.numbers = dict(self._ask(NUMBERS))
        self.seeds = {name: self._taken(name) for name in self._filled()}
        self.marks = self._marks()

    def __call__(self) -> bool:
        """Let nothing stand of what was done to it; say whether connections to it outlive that."""
        self.times += 1
        if self.times < AS_OFTEN:
            with suppress(psycopg.Error):  # somebody still holds a table: a copy ends that too
                if self._ask(SHAPE) == self.shape:
                    self._put_back()
                    return True
        self.end()
        self.copy()
        self._begin()
        return False

    def end(self) -> None:
        self.connection.close()

    def _put_back(self) -> None:
        marks = self._marks()
        touched = self._filled() - set(self.seeds)
        touched |= {name for name in self.seeds if marks[name] != self.marks[name]}
        with self.connection.transaction():
            self._do(BEGIN + "".join(f"ALTER TABLE {t} DISABLE TRIGGER USER;" for t in touched))
            self._do("".join(f"DELETE FROM {name};" for name in touched))
            for name in touched:
                self._fill(name)
            self._do(self._watching_again(touched) + self._counting_again())
        if touched:
            self._do(f"VACUUM {', '.join(touched)}")
            self.marks = self._marks()

    def _fill(self, name: str) -> None:
        if name in self.seeds:
            with self.connection.cursor().copy(f"COPY {name} FROM STDIN".encode()) as into:
                into.write(self.seeds[name])

    def _watching_again(self, touched: set[str]) -> str:
        return "".join(
            f"UPDATE pg_trigger SET tgenabled = '{enabled}' WHERE oid = {oid};"
            for oid, table, enabled in self.triggers
            if table in touched
        )

    def _counting_again(self) -> str:
        return "".join(
            f"SELECT setval('{name}', {self.numbers[name] or 1}, {bool(self.numbers[name])});"
            for name, last in self._ask(NUMBERS)
            if last != self.numbers[name]
        )

    def _filled(self) -> set[str]:
        return {name for name, size in self._ask(SIZES) if size}

    def _marks(self) -> dict[str, str]:
        """Return what changes whenever a row of a table that is filled from the start does."""
        marks = " UNION ALL ".join(
            f"SELECT '{name}', concat(count(*), ' ', sum(xmin::text::bigint)) FROM {name}"
            for name in self.seeds
        )
        return dict(self._ask(marks))

    def _taken(self, name: str) -> bytes:
        with self.connection.cursor().copy(f"COPY {name} TO STDOUT".encode()) as out:
            return b"".join(map(bytes, out))

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode()).fetchall()

    def _do(self, statements: str) -> None:
        self.connection.execute(statements.encode())
