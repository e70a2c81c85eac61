"""A line on a second medium finds out whoever writes the whole journal anew."""

import json
from pathlib import Path

import pytest
from flask import Flask

from diversion.audit import anchors
from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import transaction
from diversion.ledger import checkpoints
from diversion.ledger.proofs import Fault
from diversion.scheduler import soundness
from tests.ledger import books
from tests.ledger.test_verify import damage


@pytest.fixture
def kept(app: Flask, tmp_path: Path) -> Path:
    """A file with a line for the log and one for the ledger."""
    file = tmp_path / "elsewhere" / "kept.jsonl"
    with app.app_context(), transaction():
        books.assess()
        record(Act.LOG_READ, by=1)
    with app.app_context(), transaction():
        anchors.append(file)
        checkpoints.append(file)
    return file


def codes(app: Flask, kept: Path) -> tuple[int, tuple[str, ...]]:
    with app.app_context():
        found = soundness.examine(kept)
    return found.exit_code, found.findings


def test_one_file_holds_the_lines_of_both_chains(app: Flask, kept: Path) -> None:
    assert len(kept.read_text("utf-8").splitlines()) == 2
    assert codes(app, kept) == (0, ())
    assert codes(app, kept.parent) == (0, ())  # a folder of such files


def test_nothing_is_due_until_something_is_posted(app: Flask, kept: Path) -> None:
    with app.app_context(), transaction():
        assert not checkpoints.is_due()
        books.assess(32)
        assert checkpoints.is_due()


def test_before_any_entry_there_is_nothing_to_witness(app: Flask, tmp_path: Path) -> None:
    with app.app_context(), transaction():
        assert checkpoints.append(tmp_path / "none.jsonl") is None
    assert not (tmp_path / "none.jsonl").exists()


@pytest.mark.parametrize("part", ["hash", "entry", "signature", "database"])
def test_a_line_that_is_not_ours_or_not_on_the_chain_is_found(
    app: Flask, kept: Path, part: str
) -> None:
    log_line, line = kept.read_text("utf-8").splitlines()
    told = json.loads(line)
    told[part] = 9 if part == "entry" else "ab" * 32
    kept.write_text(f"{log_line}\n{json.dumps(told)}\n", "utf-8")
    assert codes(app, kept)[0] == Fault.ANCHOR


def test_a_journal_cut_back_to_an_earlier_state_is_found(app: Flask, kept: Path) -> None:
    with app.app_context(), transaction():
        books.assess(33)
        checkpoints.append(kept)
    damage(
        app,
        "DELETE FROM checkpoint WHERE entry_id = 2",
        "DELETE FROM posting WHERE entry_id = 2",
        "DELETE FROM entry WHERE id = 2",
        "DELETE FROM balance WHERE sub = 33",
        "UPDATE chain_head SET seq = 1, hash = (SELECT hash FROM entry WHERE id = 1)",
    )
    assert codes(app, kept)[0] == Fault.ANCHOR


def test_what_the_database_kept_of_a_line_is_compared_too(app: Flask, kept: Path) -> None:
    damage(app, f"UPDATE checkpoint SET hash = '{'A' * 64}'")
    assert codes(app, kept)[0] == Fault.ANCHOR
