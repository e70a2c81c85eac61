"""Settle card payments from the processor's file (E15)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.fees import earmarks
from diversion.fund.settlements import queries, rules
from diversion.fund.settlements.models import Open, Settlement, SettlementLine
from diversion.ledger import queries as ledger
from diversion.ledger import receipts
from diversion.ledger import services as books
from diversion.ledger.accounts import CARD_CLEARING
from diversion.ledger.commands import Command
from diversion.ledger.events import Event
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Read:
    """The file, and how many of its lines were settled now."""

    settlement: Settlement
    settled: int


def settle(content: bytes, *, by: Staff, on: date, now: datetime) -> Read:
    """Settle the lines of a file; the same file again tries only those that are still open.

    Raises NotASettlement, BadLine, LedgerRefused.
    """
    lines = rules.read(content)
    sha = hashlib.sha256(content).hexdigest()
    books.hold()
    kept = queries.with_hash(sha) or _keep(sha, lines, by=by, on=on, now=now)
    found = [line for line in queries.lines_of(kept.id) if line.entry_number is None]
    settled = sum(_settle(line, sha, by=by, on=on, now=now) for line in found)
    db.session.flush()
    record(Act.CARDS_SETTLED, f"settlement:{kept.handle}", by=by, settled=settled,
           still_open=len(found) - settled)  # fmt: skip
    return Read(kept, settled)


def _keep(
    sha: str, lines: list[rules.Settled], *, by: Staff, on: date, now: datetime
) -> Settlement:
    made = Settlement(sha256=sha, read_on=on, read_at=now, read_by_id=by.id)
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        SettlementLine(
            settlement_id=made.id, **vars(each), receipt_id=None, entry_number=None,
            problem=Open.UNKNOWN,
        )
        for each in lines
    )  # fmt: skip
    db.session.flush()
    return made


def _settle(line: SettlementLine, sha: str, *, by: Staff, on: date, now: datetime) -> bool:
    receipt = receipts.with_card_reference(line.reference)
    problem = _problem(line, receipt)
    if problem is not None or receipt is None:
        line.problem = problem
        return False
    meant = rules.meaning(receipt.id, line.gross, line.fee, earmarks.brought_by([receipt.id]))
    posted = books.post(
        Command(Event.CARD_SETTLED, meant, doc=receipt.number),
        key=f"settle:{sha}:{line.line}", by=by.id, on=on, now=now,
    )  # fmt: skip
    line.problem, line.receipt_id, line.entry_number = None, receipt.id, posted.number
    return True


def _problem(line: SettlementLine, receipt: receipts.OpenReceipt | None) -> Open | None:
    if receipt is None:
        return Open.UNKNOWN
    if line.gross - line.fee != line.net:
        return Open.NET_DIFFERS
    if receipt.amount != line.gross:
        return Open.AMOUNT_DIFFERS
    waits = ledger.balance(CARD_CLEARING, receipt.id) == line.gross
    return None if waits else Open.NOT_WAITING
