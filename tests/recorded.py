"""Fail every form that changes a row of the county and leaves none in the log."""

import re
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

CHANGE = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
# What the program keeps about its own work, and nothing about a person or the county.
OWN_WORK = {"job_run", "once_key", "sign_in_session", "failed_try"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class Unrecorded(AssertionError):
    """What a form changes is in the log."""


def watch() -> None:
    """Look at every statement of every form from now on."""
    event.listen(Engine, "before_cursor_execute", _note)
    event.listen(Session, "before_commit", _judge)
    event.listen(Session, "after_begin", _begin)


def _begin(_session: Session, _transaction: object, connection: Connection) -> None:
    connection.info["changed"] = set()


def _note(connection: Connection, _cursor: object, statement: str, *_more: Any) -> None:
    if found := CHANGE.match(statement):
        connection.info.setdefault("changed", set()).add(found[1].lower())


def _judge(session: Session) -> None:
    if has_request_context() and request.method in UNSAFE and session.in_transaction():
        judge(session.connection().info.get("changed", set()), request.endpoint or "")


def judge(changed: set[str], endpoint: str) -> None:
    """Raise Unrecorded if tables were changed, and the log was not."""
    if changed - OWN_WORK and "audit_row" not in changed:
        raise Unrecorded(f"{endpoint} changes {sorted(changed)} and leaves no row in the log")
