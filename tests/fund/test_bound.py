"""What a second person was asked about is found where somebody changed it past the program."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from diversion.core.database import db
from diversion.fund import bound
from diversion.fund.periods import proof
from diversion.ledger.proofs import Fault
from diversion.scheduler import soundness
from diversion.staff.approvals.models import ApprovalRequest, Matter
from diversion.staff.approvals.proof import Kind
from tests.fund.altered import cell, other, unguarded, write

KINDS = (*bound.KINDS, proof.KIND)
# What an approval does not bind: the track, which is guarded otherwise, and days and money that
# the ledger's own entries tie; what a paper came to is no part of what was asked.
FREE = {
    "fee_request": {"track"},
    "identification": {"approved_by_id", "entry_number", "track"},
    "refund": {
        "approved_by_id", "entry_number", "held_until", "instrument", "paid_by_id",
        "paid_entry", "paid_on", "paid_reference", "track",
    },
    "refund_cancel": {"approved_by_id", "entry_number"},
    "remittance": {"approved_by_id", "entry", "remitted_on"},
    "returned_item": {
        "approved_by_id", "credit", "entry_number", "fee_obligation_id", "posted_on",
        "reopened",
    },
    "state_return": {"approved_by_id", "entry_number"},
    "unplaced_return": {"approved_by_id", "entry_number"},
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
    yield from unguarded(tmp_path_factory)


def named(kind: Kind) -> list[str]:
    return [each.name for each in bound.findings((kind,))]


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
