"""Prove that weeks were signed as their signatures say, and before their months closed."""

from sqlalchemy import text

from diversion.core.database import db
from diversion.fund.weekly import services
from diversion.ledger import office, periods
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding

# A signature names an entry that stands on the chain: all up to it is what was signed.
TIE = """SELECT s.last_entry FROM week_signature s LEFT JOIN entry e ON e.id = s.last_entry
  WHERE s.chain_hash IS NOT NULL AND (e.hash IS NULL OR e.hash <> s.chain_hash)"""


def findings() -> list[Finding]:
    """Return what was not signed; a month that closed without its weeks by its number."""
    found = [int(row[0]) for row in db.session.execute(text(TIE))]
    if office.switches():
        found += [
            month.number
            for month in periods.months()
            if month.is_closed and not _is_signed(month)
        ]  # fmt: skip
    return [Finding(Fault.WEEKS, place) for place in found]


def _is_signed(month: periods.Month) -> bool:
    return all(week.is_signed for week in services.of_the_mode(month.first, month.last))
