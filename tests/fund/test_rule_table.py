"""Every event of the fund posts exactly the lines of the rule table, and asks for its second."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.ledger.accounts import BY_CODE
from diversion.ledger.events import BY_EVENT, Event
from diversion.ledger.facts import lines_of
from diversion.ledger.models import Entry
from tests.fund.acts import Acts

TABLE = yaml.safe_load((Path(__file__).parent / "rule_table.yaml").read_text())
FEES = Path(__file__).parents[1] / "fees"
OTHERS = [
    row
    for name in ("rule_table.yaml", "till_table.yaml")
    for row in yaml.safe_load((FEES / name).read_text())
]
# What no table has, and where it is proved: files of others, and the state's own money,
# which this office does not take unless the county decides so.
ELSEWHERE = {
    Event.CARD_SETTLED: "fund/test_settlements.py",
    Event.DEPOSITED_BEFORE: "fund/test_bank_june.py",
    Event.UNDO_IMPORT: "fees/test_imported.py",
    **dict.fromkeys((e for e in Event if e.startswith("STF_")), "ledger/test_statutory.py"),
}


def posted_first(acts: Acts) -> tuple[Entry, dict[str, int]]:
    """Return the first entry of an act with its lines, keys said as the table says them."""
    query = select(Entry).where(Entry.id > acts.before).order_by(Entry.id).limit(1)
    entry = db.session.scalars(query).one()
    lines = {}
    for line in lines_of(entry.id):
        kept = BY_CODE[line.account].sub
        wanted = acts.keys.get(kept, line.sub)
        key = f" {kept}" if kept and line.sub == wanted else f" {line.sub}" if line.sub else ""
        key += f" {line.sub}" if kept == "receipt" else ""
        lines[f"{line.account}{key}{' marked' if line.earmark else ''}"] = line.cents
    return entry, lines


@pytest.mark.parametrize("row", TABLE, ids=[f"{row['rule']}-{row['does']}" for row in TABLE])
def test_an_act_posts_exactly_the_lines_of_the_table(session: Session, row: dict[str, Any]) -> None:
    acts = Acts()
    getattr(acts, row["does"])()
    entry, lines = posted_first(acts)
    wanted = {str(key): cents for key, cents in row["lines"].items()}
    assert (entry.event, lines) == (Event(row["event"]), wanted)
    rule = BY_EVENT[entry.event]
    assert (rule.number, rule.second) == (row["rule"], row["second"])
    assert (entry.approver is not None) or not row["second"]
    assert sum(wanted.values()) == 0


def test_every_event_has_its_row_or_its_test() -> None:
    told = {row["event"] for row in [*TABLE, *OTHERS]} | ELSEWHERE.keys()
    assert set(Event) - told == set()
    for place in ELSEWHERE.values():
        assert (FEES.parent / place).exists(), place
