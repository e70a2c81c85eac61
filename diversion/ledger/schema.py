"""Read the released text of the guards, and the facts that every ledger begins with."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from diversion.ledger.accounts import CHART
from diversion.ledger.chain import FIRST
from diversion.ledger.commands import PeriodState
from diversion.ledger.events import RULES

_FOLDER = Path(__file__).parent / "triggers"
_TRIGGER = re.compile(r"CREATE (?:TEMP )?TRIGGER (\w+) .*? ON (?:main\.)?(\w+) ?", re.DOTALL)
_FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(")
_OF_OFFICE = re.compile(r" ON office_switch\b|TABLE office_switch\b|ledger_office_switch_")
_KNOWS_OFFICE = re.compile(r"\n +AND NOT \(\w+\.event IN[^;]*?FROM office_switch[^;]*?false\)\)")
BEFORE_THE_BOOKS = 0
LAST_DAY = date(9999, 12, 31)


def statements(dialect: str) -> list[str]:
    """Return the guards of an engine, comments left out; `sqlite_connection` is the TEMP one."""
    text = (_FOLDER / f"{dialect}.sql").read_text("utf-8")
    blocks = (
        "\n".join(line for line in block.splitlines() if not line.startswith("--"))
        for block in text.split("\n\n")
    )
    return [block.strip() for block in blocks if block.strip()]


def triggers(dialect: str) -> dict[str, tuple[str, str]]:
    """Return the released triggers: name → (table, text)."""
    found = ((_TRIGGER.match(text), text) for text in statements(dialect))
    return {match[1]: (match[2], text) for match, text in found if match}


def functions(dialect: str) -> dict[str, str]:
    """Return the bodies of the released functions by name; SQLite has none."""
    found = ((_FUNCTION.match(text), text) for text in statements(dialect))
    return {match[1]: text.split("$$")[1] for match, text in found if match}


def renewals() -> list[str]:
    """Return what gives PostgreSQL's functions their released text while their triggers stand."""
    made = "CREATE FUNCTION"
    functions = (each for each in statements("postgresql") if each.startswith(made))
    return [each.replace(made, "CREATE OR REPLACE FUNCTION", 1) for each in functions]


def switches(dialect: str) -> list[str]:
    """Return what makes triggers fire in every session, a replica's included."""
    if dialect != "postgresql":
        return []
    return [
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
        for name, (table, _) in triggers(dialect).items()
    ]


def removals(dialect: str) -> list[str]:
    """Return what takes the guards away again, where they are, for a downgrade or a new text."""
    drops = [
        f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if dialect == "postgresql" else "")
        for name, (table, _) in triggers(dialect).items()
    ]
    return drops + [f"DROP FUNCTION IF EXISTS {name}" for name in reversed(functions(dialect))]


def before_office(statements: Iterable[str]) -> list[str]:
    """Return the guards as they are before small-office mode has its table."""
    return [_KNOWS_OFFICE.sub("", each) for each in statements if not _OF_OFFICE.search(each)]


def seeds() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a new ledger by table, in the order in which they can be inserted."""
    return {
        "account": [
            {
                "code": a.code, "name": a.name, "kind": a.kind.value, "grp": a.group.value,
                "sgn": a.sgn, "sub": a.sub, "earmarked": a.earmarked, "active": a.active,
                "county_string": "",
            }
            for a in CHART
        ],
        "earmark": [{"number": 0, "name": "General"}],
        **_rules(),
        "period": [
            {
                "id": BEFORE_THE_BOOKS, "starts_on": date(1900, 1, 1), "ends_on": LAST_DAY,
                "state": PeriodState.OPEN.value,
            }
        ],
        "chain_head": [{"id": 1, "seq": 0, "hash": FIRST}],
    }  # fmt: skip


def _rules() -> dict[str, list[dict[str, Any]]]:
    sides = (("D", "debits"), ("C", "credits"))
    return {
        "event_type": [
            {
                "code": r.event.value, "number": r.number, "second": r.second,
                "receipt": r.receipt, "books": r.books.value, "closing": r.closing,
                "same_day": r.same_day,
            }
            for r in RULES
        ],
        "event_group": [
            {"event": r.event.value, "grp": g.value} for r in RULES for g in sorted(r.groups)
        ],
        "event_account": [
            {"event": r.event.value, "side": side, "account": code}
            for r in RULES
            for side, name in sides
            for code in sorted(getattr(r, name))
        ],
        "event_reverses": [
            {"event": r.event.value, "of_event": of.value}
            for r in RULES
            for of in sorted(r.reverses)
        ],
        "event_apart": [
            {"event": r.event.value, "of_event": of.value} for r in RULES for of in sorted(r.apart)
        ],
    }  # fmt: skip
