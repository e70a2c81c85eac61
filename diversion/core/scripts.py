"""Read the released text of triggers and cut it into statements."""

import sqlite3
from pathlib import Path


def statements(script: Path, dialect: str) -> list[str]:
    """Return the statements of `script`; PostgreSQL takes the whole text as one."""
    text = script.read_text(encoding="utf-8")
    if dialect != "sqlite":
        return [text]
    found, open_lines = [], ""
    for line in text.splitlines(keepends=True):
        open_lines += line
        if sqlite3.complete_statement(open_lines):
            found.append(open_lines)
            open_lines = ""
    return found
