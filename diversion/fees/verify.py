"""Prove that fees and receipts say what the ledger sealed."""

from sqlalchemy import text

from diversion.core.database import db
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding

# Each finds nothing where fees tie, else the entry at which they do not.
TIES = (
    # a receipt is the one that the register numbered, under the same seal
    """SELECT r.entry_number FROM receipt r JOIN receipt_number n ON n.id = r.id
    JOIN entry e ON e.id = r.entry_number
    WHERE r.amount <> n.cents OR r.mode <> n.mode OR r.reference <> n.reference
    OR r.entry_number <> n.entry_id OR r.entry_hash <> e.hash""",
    # every cent of a receipt settles something or is a credit
    """SELECT r.entry_number FROM receipt r LEFT JOIN allocation a ON a.receipt_id = r.id
    GROUP BY r.entry_number, r.amount, r.credit
    HAVING coalesce(sum(a.amount), 0) + r.credit <> r.amount""",
    # what a receipt settles is what its entry took off the account
    """SELECT r.entry_number FROM allocation a JOIN receipt r ON r.id = a.receipt_id
    LEFT JOIN posting p ON p.entry_id = r.entry_number AND p.account = 1200
    AND p.sub = a.obligation_id WHERE p.cents IS NULL OR p.cents <> -a.amount""",
    # a fee is what its entry charged
    """SELECT coalesce(o.entry_number, 0) FROM obligation o
    LEFT JOIN posting p ON p.entry_id = o.entry_number AND p.account = 1200 AND p.sub = o.id
    WHERE p.cents IS NULL OR p.cents <> o.amount""",
    # a void and the entry that turned the receipt back belong together
    """SELECT v.entry_number FROM receipt_void v JOIN receipt r ON r.id = v.receipt_id
    JOIN entry e ON e.id = v.entry_number
    WHERE e.reverses IS NULL OR e.reverses <> r.entry_number
    UNION SELECT e.id FROM entry e WHERE e.event = 'VOID_RECEIPT'
    AND e.id NOT IN (SELECT entry_number FROM receipt_void)""",
)


def findings() -> list[Finding]:
    """Return where fees and the ledger differ."""
    return [
        Finding(Fault.FEES, int(row[0] or 0))
        for query in TIES
        for row in db.session.execute(text(query))
    ]
