"""Keep the tables, the connection settings, and the one commit of the program."""

import sqlite3
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, TypeVarTuple

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, MetaData, Row, Select, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import Pool

from diversion.core import turns
from diversion.core.columns import TYPES
from diversion.core.errors import Unavailable

LastAct = TypeVar("LastAct", bound=Callable[[], None])
Columns = TypeVarTuple("Columns")

BUSY_SECONDS = 10
WAL_IS_SOUND_FROM = (3, 51, 3)
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The ground of every table. Constraints have names, so migrations can find them."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map=TYPES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def journal_mode() -> str:
    """Return WAL only where the linked SQLite can't corrupt it.

    Source: SQLite release notes 3.51.3 (the WAL-reset bug of 3.7.0 to 3.51.2).
    """
    return "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SOUND_FROM else "TRUNCATE"


def pragmas() -> dict[str, str | int]:
    """Return the settings that every SQLite connection gets."""
    return {
        "busy_timeout": int(BUSY_SECONDS * 1000),
        "foreign_keys": "ON",
        "journal_mode": journal_mode(),
        "mmap_size": 0,
        "recursive_triggers": "ON",
        "secure_delete": "ON",
        "synchronous": "FULL",
        "trusted_schema": "OFF",
    }


@event.listens_for(Engine, "connect")
def _set_up(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {int(BUSY_SECONDS * 1000)}")
        connection.commit()
        return
    # The driver's own begin would defeat BEGIN IMMEDIATE.
    connection.isolation_level = None
    for name, value in pragmas().items():
        connection.execute(f"PRAGMA {name}={value}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes")
        if writes and not turns.take(connection.info, connection.engine.url.database, BUSY_SECONDS):
            raise OperationalError(None, None, sqlite3.OperationalError("database is locked"))
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@event.listens_for(Pool, "checkin")
def _end_turn(_connection: Any, record: Any) -> None:
    turns.give_back(record.info)


@contextmanager
def transaction() -> Generator[None]:
    """Keep everything done inside, or nothing.

    Takes the write lock at once and makes what was read before it be read again.
    Raises Unavailable if the database stays locked.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("a transaction is already open")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside a transaction")
    try:
        begin()
        session.info.update(begun=False, writing=True, last_acts={}, known={})
        yield
        session.flush()
        for act in session.info["last_acts"].values():
            act()
        session.commit()
    except OperationalError as error:
        session.rollback()
        if is_locked(error):
            raise Unavailable from error
        raise
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.update(writing=False, last_acts={}, known={})


def begin() -> None:
    """Take the write lock for the transaction that comes next: what is read till then holds in it.

    Raises Unavailable if the database stays locked. Whoever begins calls `let_go` at the end.
    """
    session = db.session()
    if session.info.get("begun"):
        return
    session.rollback()  # ends the reading snapshot that loading the user began
    session.expire_all()  # rollback alone expires nothing when no read was open
    try:
        session.connection(execution_options={"writes": True})
    except OperationalError as error:
        if is_locked(error):
            raise Unavailable from error
        raise
    session.info["begun"] = True


def let_go() -> None:
    """Give the lock back if no transaction came."""
    session = db.session()
    if session.info.pop("begun", False):
        session.rollback()


def reading() -> Any:
    """Keep the rows of the view log before anything that was opened is shown.

    The same act as `transaction()`, under the name that says why a page that only
    shows something commits at all.
    """
    return transaction()


def tuples(
    query: Select[*Columns], values: Mapping[str, object] | None = None
) -> Sequence[Row[*Columns]]:
    """Return the rows of a query for columns.

    As `db.session.execute` does, without looking for objects, which takes as long again.
    """
    session = db.session()
    session.flush()
    return session.connection().execute(query, values).all()


def as_last_act(key: str, act: LastAct) -> LastAct:
    """Let `act` run once, right before the commit: the audit chain is taken last of all locks.

    Returns the act that will run: the first one given under `key`.
    """
    info = db.session().info
    if not info.get("writing"):
        raise RuntimeError("outside a transaction")
    kept: LastAct = info["last_acts"].setdefault(key, act)
    return kept


def known_here() -> dict[str, Any]:
    """Return what was found out under the lock of this transaction; it is forgotten at its end."""
    known: dict[str, Any] = db.session().info.get("known", {})
    return known


def is_writing() -> bool:
    """Say whether a transaction is open in this session."""
    return bool(db.session().info.get("writing"))


def is_locked(error: OperationalError) -> bool:
    """Say whether trying once more may help: others had it locked, or two waited for each other."""
    said = str(error.orig)
    return any(each in said for each in ("database is locked", "lock timeout", "deadlock detected"))
