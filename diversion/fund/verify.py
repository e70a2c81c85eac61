"""Prove that deposits and what the bank's lines were matched with are what the ledger sealed."""

from collections.abc import Mapping

from sqlalchemy import text

from diversion.core.database import db
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding

# What each query may ask: the matches that hold.
LIVE = """WITH live AS (SELECT e.match_id, e.entry, m.line_id FROM bank_match_entry e
    JOIN bank_match m ON m.id = e.match_id
    WHERE e.match_id NOT IN (SELECT match_id FROM bank_unmatch)) """

# Each finds nothing where the fund ties, else the entry at which it does not.
TIES: Mapping[Fault, tuple[str, ...]] = {
    Fault.DEPOSITS: (
        # what lies in a bag is what its entry took out of the drawer
        """SELECT d.entry FROM deposit d JOIN deposit_item i ON i.deposit_id = d.id
        LEFT JOIN posting p ON p.entry_id = d.entry AND p.account = 1010 AND p.sub = i.receipt_id
        WHERE p.cents IS NULL
        UNION SELECT p.entry_id FROM posting p JOIN deposit d ON d.entry = p.entry_id
        WHERE p.account = 1010 AND p.sub NOT IN
        (SELECT receipt_id FROM deposit_item WHERE deposit_id = d.id)""",
        # a slip counts the cash of its receipts, and what the bag is over or short
        """SELECT d.entry FROM deposit d WHERE
        (SELECT coalesce(sum(c.unit * c.pieces), 0) FROM deposit_count c WHERE c.deposit_id = d.id)
        <> (SELECT coalesce(sum(n.cents), 0) FROM deposit_item i
        JOIN receipt_number n ON n.id = i.receipt_id WHERE i.deposit_id = d.id AND n.mode = 'cash')
        + coalesce((SELECT f.difference FROM deposit_over_short o
        JOIN deposit_draft f ON f.id = o.draft_id WHERE o.deposit_id = d.id), 0)
        UNION SELECT d.entry FROM state_deposit d WHERE (SELECT coalesce(sum(c.unit * c.pieces), 0)
        FROM state_deposit_count c WHERE c.deposit_id = d.id)
        <> (SELECT coalesce(sum(n.cents), 0) FROM state_deposit_item i
        JOIN receipt_number n ON n.id = i.receipt_id
        WHERE i.deposit_id = d.id AND n.mode = 'cash')""",
        # over and short are what the draft says
        """SELECT o.entry FROM deposit_over_short o JOIN deposit_draft f ON f.id = o.draft_id
        LEFT JOIN posting p ON p.entry_id = o.entry AND p.account = 1015 AND p.sub = o.deposit_id
        WHERE p.cents IS NULL OR p.cents <> f.difference""",
        # a confirmation is what the bank is said to have taken, a difference what it differs by
        """SELECT c.entry FROM deposit_confirmation c JOIN deposit_taking t ON t.id = c.taking_id
        LEFT JOIN posting p ON p.entry_id = c.entry AND p.account = 1015 AND p.sub = t.deposit_id
        WHERE p.cents IS NULL OR p.cents <> -t.amount
        OR (t.difference <> 0) <> (c.difference_entry IS NOT NULL)
        UNION SELECT c.difference_entry FROM deposit_confirmation c
        JOIN deposit_taking t ON t.id = c.taking_id LEFT JOIN posting p
        ON p.entry_id = c.difference_entry AND p.account = 1015 AND p.sub = t.deposit_id
        WHERE c.difference_entry IS NOT NULL AND (p.cents IS NULL OR p.cents <> t.difference)""",
        # a bag of the state's money holds whole receipts, is confirmed whole, and has its slip
        """SELECT d.entry FROM state_deposit d JOIN state_deposit_item i ON i.deposit_id = d.id
        LEFT JOIN posting p ON p.entry_id = d.entry AND p.account = 7010 AND p.sub = i.receipt_id
        WHERE p.cents IS NULL
        UNION SELECT e.id FROM entry e WHERE e.event = 'STF_DEPOSIT'
        AND e.id NOT IN (SELECT entry FROM state_deposit WHERE entry IS NOT NULL)
        UNION SELECT c.entry FROM state_deposit_confirmation c JOIN state_deposit d
        ON d.id = c.deposit_id JOIN entry e ON e.id = c.entry JOIN entry b ON b.id = d.entry
        WHERE e.event <> 'STF_CONFIRMED' OR e.total <> b.total
        UNION SELECT e.id FROM entry e WHERE e.event = 'STF_CONFIRMED'
        AND e.id NOT IN (SELECT entry FROM state_deposit_confirmation)""",
        # change of the fund lies in a till that there is
        "SELECT entry_id FROM posting WHERE account = 1040 AND sub NOT IN (SELECT id FROM till)",
        # what was sent on is what two people said, to whom it was due
        """SELECT r.entry FROM remittance r JOIN entry e ON e.id = r.entry LEFT JOIN posting p
        ON p.entry_id = r.entry AND p.account = 7300 AND p.sub = r.remittee_id
        WHERE p.cents IS NULL OR p.cents <> r.amount OR e.actor <> r.asked_by_id
        OR e.approver <> r.approved_by_id
        UNION SELECT e.id FROM entry e WHERE e.event = 'STF_REMIT'
        AND e.id NOT IN (SELECT entry FROM remittance WHERE entry IS NOT NULL)""",
    ),
    Fault.BANK: (
        # a line of the bank is its entries, to the cent
        """SELECT max(v.entry) FROM live v JOIN bank_line l ON l.id = v.line_id
        LEFT JOIN posting p ON p.entry_id = v.entry AND p.account = 1020
        GROUP BY v.match_id, l.amount HAVING coalesce(sum(p.cents), 0) <> l.amount""",
        # an entry is one line, and a line is matched once
        "SELECT v.entry FROM live v GROUP BY v.entry HAVING count(*) > 1",
        """SELECT max(v.entry) FROM live v GROUP BY v.line_id
        HAVING count(DISTINCT v.match_id) > 1""",
        # what a match had posted is reversed where the match was taken back
        """SELECT e.entry FROM bank_match_entry e JOIN bank_unmatch u ON u.match_id = e.match_id
        WHERE e.posted AND e.entry NOT IN
        (SELECT reverses FROM entry WHERE reverses IS NOT NULL)""",
        # receipts from before the books went to the bank by an entry of their own kind, and
        # that by the word of two people or a line of the bank
        """SELECT b.entry FROM deposited_before b JOIN entry e ON e.id = b.entry
        WHERE e.event <> 'DEPOSITED_BEFORE' UNION SELECT id FROM entry
        WHERE event = 'DEPOSITED_BEFORE' AND id NOT IN (SELECT entry FROM deposited_before)
        AND id NOT IN (SELECT entry FROM bank_match_entry)""",
    ),
}


def findings() -> list[Finding]:
    """Return where the fund and the ledger differ."""
    return [
        Finding(fault, int(row[0] or 0))
        for fault, queries in TIES.items()
        for query in queries
        for row in db.session.execute(text(LIVE + query))
    ]
