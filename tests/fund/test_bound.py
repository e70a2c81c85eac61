"""What a second person was asked about is found where somebody changed it past the program."""

import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from diversion.app import create_app
from diversion.core.database import db
from diversion.fund import bound
from diversion.fund.periods import proof
from diversion.ledger.proofs import Fault
from diversion.scheduler import soundness
from diversion.staff.approvals.models import ApprovalRequest, Matter
from diversion.staff.approvals.proof import Kind
from tests import counties

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
KINDS = (*bound.KINDS, proof.KIND)
# What an approval does not bind: the track, which is guarded otherwise, and days and money that
# the ledger's own entries tie; what a paper came to is no part of what was asked.
FREE = {
    "fee_request": {"asked_on", "track"},
    "identification": {"approved_by_id", "asked_on", "entry_number", "track"},
    "refund": {
        "approved_by_id", "asked_on", "entry_number", "held_until", "instrument", "paid_by_id",
        "paid_entry", "paid_on", "paid_reference", "track",
    },
    "refund_cancel": {"approved_by_id", "entry_number"},
    "remittance": {"approved_by_id", "entry", "remitted_on"},
    "returned_item": {
        "approved_by_id", "asked_on", "credit", "entry_number", "fee_obligation_id", "posted_on",
        "reopened",
    },
    "state_return": {"approved_by_id", "asked_on", "entry_number"},
    "unplaced_return": {"approved_by_id", "asked_on", "entry_number"},
    "void_paper": {"asked_on"},
}  # fmt: skip
# What belongs to a paper and lies in rows of its own: how to move it by `:n`.
PARTS = {
    "bank_paper": (
        "UPDATE bank_match SET line_id = line_id + 1000 * :n WHERE paper_id = :id",
        "UPDATE bank_line SET amount = amount + :n WHERE id IN"
        " (SELECT line_id FROM bank_match WHERE paper_id = :id)",
    ),
    "correction": (
        "UPDATE correction_line SET cents = cents + :n WHERE correction_id = :id",
        "UPDATE correction_line SET earmark = earmark + :n WHERE correction_id = :id",
    ),
    "deposit_draft": (
        "UPDATE deposit_draft_item SET receipt_id = receipt_id + :n WHERE draft_id = :id",
        "UPDATE deposit_draft_count SET pieces = pieces + :n WHERE draft_id = :id",
    ),
}


def test_every_matter_has_its_papers() -> None:
    assert sorted(m for kind in KINDS for m in kind.matters) == sorted(Matter)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Generator[Flask]:
    """A fictional county whose papers nobody guards any more."""
    folder = tmp_path_factory.mktemp("altered")
    shutil.copytree(counties.untouched(tmp_path_factory), folder, dirs_exist_ok=True)
    app = create_app(counties.settings(folder))
    with app.app_context():
        with raw() as file:
            guards = dict(file.execute(TRIGGERS).fetchall())
            for name in guards:
                file.execute(f"DROP TRIGGER {name}")
        app.extensions["guards"] = guards
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def raw() -> Generator[sqlite3.Connection]:
    """Open the county's file as somebody could who has it in hand."""
    file = sqlite3.connect(str(db.engine.url.database))
    file.execute("PRAGMA ignore_check_constraints = ON")
    with file:
        yield file
    file.close()


def write(statement: str, **values: Any) -> None:
    db.session.rollback()
    with raw() as file:
        file.execute(statement, values)


def cell(table: str, column: str, row: int) -> Any:
    db.session.rollback()
    with raw() as file:
        return file.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()[0]


def named(kind: Kind) -> list[str]:
    return [each.name for each in bound.findings((kind,))]


def other(column: sa.Column[Any], value: Any) -> Any:
    """Return another value that a column could have."""
    if isinstance(column.type, sa.Enum) and column.type.enum_class:
        return next(str(v) for v in column.type.enum_class if str(v) != value)
    if isinstance(value, bytes):
        return value + b"x"
    python = getattr(column.type, "impl_instance", column.type).python_type
    if python is date:
        return "2001-02-03"
    return f"{value or ''}x" if python is str else int(value or 0) + 1


def subject_of(kind: Kind) -> tuple[str, str, int]:
    """Return a paper that was asked about: its matter, its name, and its row."""
    query = sa.select(ApprovalRequest.matter, ApprovalRequest.subject)
    query = query.where(ApprovalRequest.matter.in_(kind.matters)).order_by(ApprovalRequest.id)
    matter, subject = db.session.execute(query.limit(1)).one()
    row = db.session.scalars(sa.select(kind.model).where(_name(kind) == subject)).one()
    return matter, subject, row.id


def _name(kind: Kind) -> Any:
    return getattr(kind.model, kind.named)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.model.__tablename__)
def test_whatever_of_a_paper_is_changed_is_found_by_its_name(county: Flask, kind: Kind) -> None:
    table, (matter, subject, row) = kind.model.__table__, subject_of(kind)
    unseen = set()
    assert named(kind) == []
    for column in table.columns:
        if column.primary_key or column.name.endswith("_at"):
            continue
        before = cell(table.name, column.name, row)
        put = f"UPDATE {table.name} SET {column.name} = :value WHERE rowid = :row"
        write(put, value=other(column, before), row=row)
        if f"{matter} {subject}" not in named(kind):
            unseen.add(column.name)
        write(put, value=before, row=row)
    assert unseen == FREE.get(table.name, set())
    for statement in PARTS.get(table.name, ()):
        write(statement, n=1, id=row)
        assert named(kind) == [f"{matter} {subject}"], statement
        write(statement, n=-1, id=row)
    assert named(kind) == []


def test_an_item_that_a_match_of_the_bank_did_not_name_is_found(county: Flask) -> None:
    kind = next(kind for kind in KINDS if Matter.BANK in kind.matters)
    _matter, subject, row = subject_of(kind)
    write("INSERT INTO bank_match_item SELECT id, 'entry', 1 FROM bank_match WHERE paper_id = :id",
          id=row)  # fmt: skip
    assert named(kind) == [f"bank {subject}"]
    write("DELETE FROM bank_match_item WHERE kind = 'entry' AND item = 1")
    assert named(kind) == []


def test_a_paper_that_is_gone_or_says_what_no_paper_can_is_found(county: Flask) -> None:
    kind = next(kind for kind in KINDS if Matter.VOID in kind.matters)
    _matter, subject, row = subject_of(kind)
    put = "UPDATE void_paper SET copy = :value WHERE rowid = :row"
    before = cell("void_paper", "copy", row)
    write(put, value="whatever", row=row)
    assert named(kind) == [f"void {subject}"]
    write(put, value=before, row=row)
    write("UPDATE approval_request SET subject = 'x' || subject WHERE matter = 'void'")
    assert named(kind) == [f"void x{subject}"]
    write("UPDATE approval_request SET subject = substr(subject, 2) WHERE matter = 'void'")
    assert named(kind) == []


def test_verify_says_which_paper_and_ends_with_its_own_code(county: Flask) -> None:
    kind = next(kind for kind in KINDS if Matter.ADJUSTMENT in kind.matters)
    _matter, subject, row = subject_of(kind)
    reason = cell("correction", "reason", row)
    put = "UPDATE correction SET reason = :value WHERE rowid = :row"
    write(put, value=reason + " and more", row=row)
    for guard in county.extensions["guards"].values():
        write(guard)
    found = soundness.examine(Path("nowhere"))
    said = f"a paper is not what a second person was asked to approve: adjustment {subject}"
    assert (found.findings, found.exit_code) == ((said,), Fault.PAPERS.value)
    for name in county.extensions["guards"]:
        write(f"DROP TRIGGER {name}")
    write(put, value=reason, row=row)
