"""Prove the journal, and that closed months are still what they were sealed as."""

from sqlalchemy import text

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fees import verify as fees
from diversion.fund import bound
from diversion.fund import verify as fund
from diversion.fund.corrections import proof as corrections
from diversion.fund.orders import verify as money_out
from diversion.fund.periods.models import PeriodSnapshot, Reopening
from diversion.fund.periods.queries import balances_of
from diversion.fund.periods.reopening import hash_of
from diversion.fund.periods.rules import digest_of
from diversion.fund.weekly import proof as weeks
from diversion.ledger import office
from diversion.ledger import verify as ledger
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.proof import Kind

# Each finds nothing where closed months are whole, else the month.
TIES = (
    # a closed month has its seal, and nothing was posted in it since
    """SELECT r.id FROM period r WHERE r.id > 0 AND r.state IN ('closed', 'locked')
    AND NOT EXISTS (SELECT 1 FROM period_snapshot s WHERE s.period_id = r.id)
    UNION SELECT e.period FROM entry e JOIN period r ON r.id = e.period
    WHERE r.state IN ('closed', 'locked')
    AND e.id > (SELECT max(s.last_entry) FROM period_snapshot s WHERE s.period_id = r.id)""",
    # what the seal says was moved in the month is what the journal says
    """SELECT period_id FROM (
      SELECT s.period_id, s.id, b.account, b.debits, b.credits
      FROM period_snapshot s JOIN period_balance b ON b.snapshot_id = s.id
      UNION ALL SELECT s.period_id, s.id, p.account,
        -sum(CASE WHEN p.cents > 0 THEN p.cents ELSE 0 END),
        -sum(CASE WHEN p.cents < 0 THEN -p.cents ELSE 0 END)
      FROM period_snapshot s JOIN period r ON r.id = s.period_id
      JOIN entry e ON e.effective_on BETWEEN r.starts_on AND r.ends_on AND e.id <= s.last_entry
      JOIN posting p ON p.entry_id = e.id GROUP BY s.period_id, s.id, p.account) AS both_sides
    GROUP BY period_id, id, account HAVING sum(debits) <> 0 OR sum(credits) <> 0""",
    # the seal names an entry that stands on the chain
    """SELECT s.period_id FROM period_snapshot s LEFT JOIN entry e ON e.id = s.last_entry
    WHERE s.last_entry > 0 AND (e.id IS NULL OR e.hash <> s.chain_hash)""",
    # the last thing that happened to a month is the state that it is in
    """SELECT r.id FROM period r JOIN period_event v ON v.id =
    (SELECT max(id) FROM period_event WHERE period_id = r.id) WHERE v.state <> r.state""",
)


KIND = Kind(frozenset({Matter.REOPENING}), Reopening, hash_of)


def findings() -> list[Finding]:
    """Return the closed months that are no longer what they were sealed as."""
    return [
        *(Finding(Fault.PERIODS, number) for number in sorted({*_ties(), *_digests()})),
        *bound.findings((KIND,)),
    ]


def _ties() -> list[int]:
    return [int(row[0]) for query in TIES for row in db.session.execute(text(query))]


def _digests() -> list[int]:
    """Return the months whose kept figures no longer fit their hash."""
    return [each.period_id for each in db.session.query(PeriodSnapshot) if not is_whole(each)]


def is_whole(kept: PeriodSnapshot) -> bool:
    """Say whether the kept figures still fit their hash."""
    totals = (
        kept.entries, kept.lines, kept.debits, kept.credits, kept.receipts, kept.received,
        kept.deposits, kept.deposited,
    )  # fmt: skip
    cents = (each.cents if isinstance(each, Money) else each for each in totals)
    rows = [(b.account, b.opening, b.debits, b.credits) for b in balances_of(kept.id)]
    again = digest_of(kept.period_id, kept.last_entry, kept.chain_hash, cents, rows)
    return again == kept.digest


def examine() -> tuple[int, int]:
    """Return up to which entry the money was proved, and the exit code: 0 where it is sound."""
    report = ledger.verify()
    report.findings.extend(fees.findings())
    for floor in (fund, money_out, corrections, office, weeks, bound):
        report.findings.extend(floor.findings())
    report.findings.extend(findings())
    return report.entries, report.exit_code
