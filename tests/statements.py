"""Count the statements that a page sends to the database."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from diversion.core.database import db


@contextmanager
def counted(app: Flask) -> Generator[list[str]]:
    """Collect every statement sent inside."""
    with app.app_context():
        engine = db.engine
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
