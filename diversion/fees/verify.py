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
    LEFT JOIN identification i ON i.receipt_id = r.id AND i.entry_number IS NOT NULL
    LEFT JOIN posting p ON p.entry_id = coalesce(i.entry_number, r.entry_number)
    AND p.account = 1200
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
    AND e.id NOT IN (SELECT entry_number FROM receipt_void)
    AND e.id NOT IN (SELECT void_entry FROM unplaced_receipt WHERE void_entry IS NOT NULL)""",
)

ACCOUNT_TIES = (
    # what was carried out is what the request asked for, approved by another person
    """SELECT coalesce(c.entry_number, 0) FROM fee_change c
    JOIN fee_request q ON q.id = c.request_id
    LEFT JOIN entry e ON e.id = c.entry_number
    LEFT JOIN posting p ON p.entry_id = e.id AND p.account = 1200 AND p.sub = q.obligation_id
    WHERE q.amount > 0 AND (p.cents IS NULL OR abs(p.cents) <> q.amount
    OR (p.cents > 0) <> (q.change IN ('raise', 'reinstate')) OR e.doc <> q.handle
    OR e.actor <> q.asked_by_id OR e.approver <> c.approved_by_id)""",
    # no fee changes without its paper
    """SELECT e.id FROM entry e
    WHERE e.event IN ('ASSESS_UP', 'WAIVE', 'REDUCE', 'WRITE_OFF', 'REINSTATE')
    AND e.id NOT IN (SELECT entry_number FROM fee_change WHERE entry_number IS NOT NULL)""",
    # a plan's instalments add up to what it was signed for
    """SELECT p.id FROM payment_plan p LEFT JOIN plan_slice s ON s.plan_id = p.id
    GROUP BY p.id, p.total HAVING coalesce(sum(s.amount), 0) <> p.total""",
    # a credit that was applied is what its entry took off, fee by fee
    """SELECT u.entry_number FROM credit_use u LEFT JOIN posting p
    ON p.entry_id = u.entry_number AND p.account = 2100 AND p.sub = u.participant_id
    WHERE p.cents IS NULL OR p.cents <> u.amount""",
    # no credit and no unplaced money is applied without its paper
    """SELECT e.id FROM entry e JOIN posting p ON p.entry_id = e.id
    WHERE e.event = 'APPLY' AND p.account IN (2100, 2400) AND p.cents > 0
    AND e.id NOT IN (SELECT entry_number FROM credit_use)
    AND e.id NOT IN (SELECT entry_number FROM identification WHERE entry_number IS NOT NULL)""",
    """SELECT u.entry_number FROM credit_use u LEFT JOIN credit_part c ON c.use_id = u.id
    GROUP BY u.entry_number, u.amount HAVING coalesce(sum(c.amount), 0) <> u.amount""",
)

CASHIER_TIES = (
    # money without an account is what the register numbered, under the same seal
    """SELECT u.entry_number FROM unplaced_receipt u JOIN receipt_number n ON n.id = u.id
    JOIN entry e ON e.id = u.entry_number
    WHERE u.amount <> n.cents OR u.mode <> n.mode OR u.entry_number <> n.entry_id
    OR u.entry_hash <> e.hash
    OR (u.kind = 'donation') <> (e.event = 'DONATION_RECEIPT')""",
    # every number that was given has its receipt
    """SELECT n.entry_id FROM receipt_number n JOIN entry e ON e.id = n.entry_id
    WHERE e.event IN ('RECEIPT', 'RECEIPT_CARD', 'RECEIPT_UNIDENTIFIED', 'DONATION_RECEIPT',
    'STF_RECEIPT') AND n.id NOT IN (SELECT id FROM receipt)
    AND n.id NOT IN (SELECT id FROM unplaced_receipt)
    AND n.id NOT IN (SELECT id FROM state_receipt)""",
    # what was placed left the suspense of its receipt whole, and two people did it
    """SELECT i.entry_number FROM identification i JOIN unplaced_receipt u ON u.id = i.receipt_id
    JOIN entry e ON e.id = i.entry_number LEFT JOIN posting p
    ON p.entry_id = i.entry_number AND p.account = 2400 AND p.sub = u.id
    WHERE p.cents IS NULL OR p.cents <> u.amount OR e.approver IS NULL
    OR e.approver <> i.approved_by_id""",
    # a returned item took back the whole of its receipt, and two people did it
    """SELECT t.entry_number FROM returned_item t JOIN receipt r ON r.id = t.receipt_id
    JOIN entry e ON e.id = t.entry_number
    WHERE e.approver IS NULL OR e.approver <> t.approved_by_id OR e.actor <> t.asked_by_id
    OR e.doc <> r.number OR (t.kind <> 'chargeback_won' AND t.reopened + t.credit <> r.amount)""",
    """SELECT e.id FROM entry e
    WHERE e.event IN ('RETURNED_ITEM', 'CHARGEBACK', 'CHARGEBACK_WON')
    AND e.id NOT IN (SELECT entry_number FROM returned_item WHERE entry_number IS NOT NULL)
    AND e.id NOT IN (SELECT entry_number FROM unplaced_return WHERE entry_number IS NOT NULL)""",
    # so did one of money without an account, which was on none by then
    """SELECT t.entry_number FROM unplaced_return t JOIN unplaced_receipt u ON u.id = t.receipt_id
    JOIN entry e ON e.id = t.entry_number
    WHERE e.event <> 'RETURNED_ITEM' OR e.doc <> u.number OR e.total <> u.amount
    OR e.actor <> t.asked_by_id OR e.approver <> t.approved_by_id OR u.void_entry IS NOT NULL
    OR u.id IN (SELECT receipt_id FROM identification WHERE entry_number IS NOT NULL)""",
    # a refund is what its entries owe and pay, and three people did it
    """SELECT f.entry_number FROM refund f JOIN entry e ON e.id = f.entry_number
    LEFT JOIN posting p ON p.entry_id = e.id AND p.account = 2010 AND p.sub = f.participant_id
    WHERE p.cents IS NULL OR p.cents <> -f.amount OR e.approver <> f.approved_by_id
    OR e.actor <> f.asked_by_id""",
    """SELECT f.paid_entry FROM refund f JOIN entry e ON e.id = f.paid_entry
    LEFT JOIN posting p ON p.entry_id = e.id AND p.account = 2010 AND p.sub = f.participant_id
    WHERE p.cents IS NULL OR p.cents <> f.amount OR e.actor <> f.paid_by_id
    OR e.actor IN (f.asked_by_id, f.approved_by_id)""",
    """SELECT e.id FROM entry e
    WHERE e.event IN ('REFUND_APPROVED', 'REFUND_CREDIT', 'REFUND_PAID')
    AND e.id NOT IN (SELECT entry_number FROM refund WHERE entry_number IS NOT NULL)
    AND e.id NOT IN (SELECT paid_entry FROM refund WHERE paid_entry IS NOT NULL)""",
    # a refund is turned back by two people who said so, and then it is never paid
    """SELECT c.entry_number FROM refund_cancel c JOIN refund f ON f.id = c.refund_id
    JOIN entry e ON e.id = c.entry_number
    WHERE e.reverses IS NULL OR e.reverses <> f.entry_number OR e.actor <> c.asked_by_id
    OR e.approver <> c.approved_by_id OR f.paid_entry IS NOT NULL""",
    """SELECT e.id FROM entry e JOIN entry o ON o.id = e.reverses
    WHERE o.event IN ('REFUND_APPROVED', 'REFUND_CREDIT')
    AND e.id NOT IN (SELECT entry_number FROM refund_cancel WHERE entry_number IS NOT NULL)""",
)


STATE_TIES = (
    # a receipt of the state's fee is what the register numbered, under the same seal
    """SELECT s.entry_number FROM state_receipt s JOIN receipt_number n ON n.id = s.id
    JOIN entry e ON e.id = s.entry_number
    WHERE s.amount <> n.cents OR s.mode <> n.mode OR s.reference <> n.reference
    OR s.entry_number <> n.entry_id OR s.entry_hash <> e.hash OR e.event <> 'STF_RECEIPT'""",
    # its void turned it back, and nothing else did
    """SELECT s.void_entry FROM state_receipt s JOIN entry e ON e.id = s.void_entry
    WHERE e.event <> 'STF_VOID' OR e.reverses <> s.entry_number
    UNION SELECT e.id FROM entry e WHERE e.event = 'STF_VOID'
    AND e.id NOT IN (SELECT void_entry FROM state_receipt WHERE void_entry IS NOT NULL)""",
    # what a bank took back of it was whole, and two people did it
    """SELECT t.entry_number FROM state_return t JOIN state_receipt s ON s.id = t.receipt_id
    JOIN entry e ON e.id = t.entry_number
    WHERE e.event <> 'STF_RETURNED' OR e.doc <> s.number OR e.total <> s.amount
    OR e.actor <> t.asked_by_id OR e.approver <> t.approved_by_id
    UNION SELECT e.id FROM entry e WHERE e.event = 'STF_RETURNED'
    AND e.id NOT IN (SELECT entry_number FROM state_return WHERE entry_number IS NOT NULL)""",
)


def findings() -> list[Finding]:
    """Return where fees and the ledger differ."""
    return [
        Finding(fault, int(row[0] or 0))
        for fault, ties in (
            (Fault.FEES, TIES),
            (Fault.ACCOUNTS, ACCOUNT_TIES),
            (Fault.CASHIER, CASHIER_TIES + STATE_TIES),
        )
        for query in ties
        for row in db.session.execute(text(query))
    ]
