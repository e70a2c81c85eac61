"""Prove that each correction became the entry that was asked for, and no other."""

from sqlalchemy import text

from diversion.core.database import db
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding

# Each finds nothing where corrections tie, else the entry at which they do not.
TIES = (
    # the entry is of the kind, the day and the document of its paper
    """SELECT p.entry FROM correction_posted p JOIN correction c ON c.id = p.correction_id
    JOIN entry e ON e.id = p.entry
    WHERE upper(c.kind) <> e.event OR e.doc <> c.number OR e.effective_on <> c.effective_on
    OR e.actor <> c.asked_by_id OR coalesce(e.reverses, 0) <> coalesce(c.reverses, 0)""",
    # line by line it is what was asked
    """SELECT p.entry FROM correction_posted p
    JOIN correction_line l ON l.correction_id = p.correction_id
    LEFT JOIN posting q ON q.entry_id = p.entry AND q.account = l.account AND q.sub = l.sub
    AND q.earmark = l.earmark AND q.cents = l.cents WHERE q.entry_id IS NULL
    UNION SELECT p.entry FROM correction_posted p JOIN entry e ON e.id = p.entry
    WHERE e.lines <> (SELECT count(*) FROM correction_line l
    WHERE l.correction_id = p.correction_id)""",
    # nothing is adjusted and no year is closed without its paper
    """SELECT id FROM entry WHERE event IN ('ADJUST', 'OPENING', 'YEAR_CLOSE')
    AND id NOT IN (SELECT entry FROM correction_posted)""",
)


def findings() -> list[Finding]:
    """Return where corrections and the ledger differ."""
    return [
        Finding(Fault.CORRECTIONS, int(row[0] or 0))
        for query in TIES
        for row in db.session.execute(text(query))
    ]
