"""Prove that kept files are what they were, and that batches are what the ledger sealed."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import text

from diversion.core.database import db
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding

# Each finds nothing where files tie, else the entry at which they do not.
TIES = (
    # a file names the entry up to which it counts, with its hash
    """SELECT k.last_entry FROM kept_export k JOIN entry e ON e.id = k.last_entry
    WHERE e.hash <> k.chain_hash""",
    """SELECT b.last_entry FROM county_batch b JOIN entry e ON e.id = b.last_entry
    WHERE e.hash <> b.chain_hash""",
    # a batch holds as many entries as it says, none of them outside its first and last
    """SELECT b.last_entry FROM county_batch b
    LEFT JOIN county_batch_entry c ON c.batch_id = b.id GROUP BY b.id, b.last_entry, b.entries,
    b.first_entry HAVING count(c.entry_id) <> b.entries
    OR min(c.entry_id) <> b.first_entry OR max(c.entry_id) <> b.last_entry""",
    # it carries the money of one side only, of its own month
    """SELECT c.entry_id FROM county_batch_entry c JOIN county_batch b ON b.id = c.batch_id
    JOIN entry e ON e.id = c.entry_id WHERE e.period <> b.period_id
    OR (e.event LIKE 'STF!_%' ESCAPE '!') <> (b.books = 'statutory')""",
    # its debits are those of its entries, with the budget or without
    """SELECT b.last_entry FROM county_batch b JOIN county_batch_entry c ON c.batch_id = b.id
    JOIN posting p ON p.entry_id = c.entry_id AND p.cents > 0
    JOIN account a ON a.code = p.account GROUP BY b.id, b.last_entry, b.debits
    HAVING b.debits NOT IN
    (sum(p.cents), sum(CASE WHEN a.grp <> 'BUD' THEN p.cents ELSE 0 END))""",
)
FILES = ("kept_export", "county_batch")


def findings() -> list[Finding]:
    """Return where files and the ledger differ, and which file is not what it was."""
    places = [row[0] for query in TIES for row in db.session.execute(text(query))]
    return [Finding(Fault.EXPORTS, int(place or 0)) for place in [*places, *_changed()]]


def _changed() -> Iterator[int]:
    """Yield the last entry of each file whose bytes are not those of its digest, one by one."""
    for table in FILES:
        keys = db.session.scalars(text(f"SELECT id FROM {table} ORDER BY id")).all()  # noqa: S608 (our own names)
        for key in keys:
            query = text(f"SELECT last_entry, sha256, content FROM {table} WHERE id = :id")  # noqa: S608 (our own names)
            last, digest, content = db.session.execute(query, {"id": key}).one()
            if hashlib.sha256(content).hexdigest() != digest:
                yield last
