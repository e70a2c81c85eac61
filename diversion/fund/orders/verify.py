"""Prove that the papers of money out say what the ledger sealed."""

from sqlalchemy import text

from diversion.core.database import db
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding

# Each finds nothing where the papers tie, else the entry at which they do not.
TIES = (
    # an order came to an entry of its own kind, of its own amount, approved by another person
    """SELECT p.entry FROM fund_order_posting p JOIN fund_order o ON o.id = p.order_id
    JOIN entry e ON e.id = p.entry
    WHERE lower(e.event) <> o.kind OR e.actor <> o.asked_by_id
    OR coalesce(e.approver, e.actor) = e.actor
    OR e.total NOT IN (abs(o.amount), 2 * abs(o.amount))""",
    # what was approved is what was posted, and nothing was posted that was not
    """SELECT p.entry FROM fund_order_posting p JOIN fund_order o ON o.id = p.order_id
    WHERE NOT EXISTS (SELECT 1 FROM approval_request r
      JOIN approval_decision d ON d.request_id = r.id JOIN entry e ON e.id = p.entry
      WHERE r.subject = o.handle AND d.decision = 'approved' AND d.decided_by_id = e.approver)""",
    # a payment took its amount from the treasurer, on its day, by whoever paid
    """SELECT p.entry FROM payment p JOIN entry e ON e.id = p.entry
    WHERE e.actor <> p.paid_by_id OR e.effective_on <> p.paid_on
    OR NOT EXISTS (SELECT 1 FROM posting x
    WHERE x.entry_id = p.entry AND x.account = 1020 AND x.cents = -p.amount)""",
    # a payment of a voucher is about that voucher
    """SELECT p.entry FROM payment p WHERE p.voucher_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM posting x WHERE x.entry_id = p.entry AND x.account = 2200
    AND x.sub = p.voucher_id AND x.cents = p.amount)""",
    # every entry of these kinds has its paper
    """SELECT e.id FROM entry e WHERE e.event IN ('ADVANCE', 'ADVANCE_CLEARED',
    'ADVANCE_RETURNED', 'BUDGET_ADOPT', 'BUDGET_AMEND', 'CHECK_STALE', 'CHECK_VOIDED',
    'ENCUMBER', 'GRANT_RETURNED', 'RELEASE', 'VOUCHER')
    AND e.id NOT IN (SELECT entry FROM fund_order_posting)
    UNION ALL SELECT e.id FROM entry e WHERE e.event IN ('PAY', 'ADVANCE')
    AND e.id NOT IN (SELECT entry FROM payment)""",
)


def findings() -> list[Finding]:
    """Return where the papers of money out and the ledger differ."""
    return [
        Finding(Fault.MONEY_OUT, int(row[0]))
        for query in TIES
        for row in db.session.execute(text(query))
    ]
