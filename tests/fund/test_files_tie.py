"""Prove that a file or a batch that was changed past all guards is found."""

from collections.abc import Generator
from pathlib import Path

import pytest
from flask import Flask

from diversion.core.database import db, transaction
from diversion.fund.exports import services
from diversion.fund.exports.proof import findings
from diversion.fund.leaving.models import FileKind, Purpose
from diversion.ledger.proofs import Fault
from tests import intruder
from tests.conftest import NOW
from tests.fund.month import ZONE
from tests.fund.test_county import make, october

VERBS = "update", "delete"
KEPT = "county_batch", "county_batch_entry", "kept_export"
DAMAGES = {
    "a kept file": "UPDATE kept_export SET content = CAST('other' AS {bytes})",
    "a batch's file": "UPDATE county_batch SET content = CAST('other' AS {bytes})",
    "the hash of a file": "UPDATE kept_export SET chain_hash = 'other'",
    "the hash of a batch": "UPDATE county_batch SET chain_hash = 'other'",
    "an entry of a batch": "DELETE FROM county_batch_entry WHERE entry_id = 2",
    "whose money": "UPDATE county_batch SET books = 'statutory'",
    "how much": "UPDATE county_batch SET debits = 5, credits = 5",
}


def past_the_guards(statement: str) -> None:
    """Write as somebody with the database in hand could."""
    opening = {
        "sqlite": [f"DROP TRIGGER {table}_stays_{verb}" for table in KEPT for verb in VERBS],
        "postgresql": [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in KEPT],
    }
    kind = "BLOB" if db.engine.dialect.name == "sqlite" else "bytea"
    statement = statement.replace("{bytes}", kind)
    intruder.force(*opening[db.engine.dialect.name], statement)


@pytest.fixture
def kept(app: Flask, tmp_path: Path) -> Generator[None]:
    """A batch for the county and a kept file of October."""
    with app.app_context():
        with transaction():
            by = october()
            make(by)
            first, last = NOW.date().replace(month=10, day=1), NOW.date().replace(month=10, day=31)
            built = services.make(
                services.as_of(FileKind.CSV_AUDIT, first, last), zone=ZONE, folder=tmp_path
            )
            services.log(built, Purpose.AUDIT, by=by, now=NOW)
        yield


@pytest.mark.usefixtures("kept")
def test_files_as_they_were_made_are_sound() -> None:
    assert findings() == []


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("name", DAMAGES)
def test_a_changed_file_is_found(name: str) -> None:
    past_the_guards(DAMAGES[name])
    assert {finding.fault for finding in findings()} == {Fault.EXPORTS}
