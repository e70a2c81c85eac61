"""Prove that the journal is whole, or say where it is not; read in one stream."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import text

from diversion.core.database import db
from diversion.ledger import chain
from diversion.ledger.proofs import Fault, prove

MOST_FINDINGS = 20
BATCH = 2000
MEANING = {
    Fault.SEQUENCE: "an entry is missing or out of its place",
    Fault.UNBALANCED: "an entry does not balance, or lines are missing",
    Fault.HASH: "an entry or one of its lines was changed",
    Fault.LINK: "an entry does not follow from the one before",
    Fault.ORPHAN: "lines without an entry",
    Fault.BALANCE: "a balance is not the sum of its lines, on account",
    Fault.FLOOR: "a balance is below its floor, on account",
    Fault.HEAD: "the end of the journal was cut off or moved",
    Fault.RECEIPT_GAP: "a receipt number is missing, below number",
    Fault.RECEIPT: "a receipt without its entry, or an entry without its receipt",
    Fault.NOT_WHOLE: "a receipt was deposited in part or twice, number",
    Fault.MIRROR: "owed and not yet earned differ, for obligation",
    Fault.PEOPLE: "a second person is missing or the same",
    Fault.GROUP: "an entry touches a group of accounts that is not its own",
    Fault.REVERSAL: "a reversal is not the exact opposite",
    Fault.GUARDS: "a guard is missing or changed, number",
    Fault.FOREIGN_KEY: "a row refers to one that is not there, row",
    Fault.INTEGRITY: "the database file is damaged, faults",
    Fault.ANCHOR: "an anchor is not on the chain",
    Fault.FEES: "fees or receipts do not tie to the journal",
    Fault.DEPOSITS: "deposits do not tie to the journal",
    Fault.ACCOUNTS: "changes of fees, plans or credits do not tie to the journal",
    Fault.BANK: "lines of the bank do not tie to the journal",
    Fault.EXPORTS: "a kept file or a batch for the county is not what it was, up to entry",
    Fault.CASHIER: "money without an account, returns or refunds do not tie to the journal",
    Fault.PERIODS: "a closed month is not what it was sealed as, month",
    Fault.CORRECTIONS: "a correction does not tie to the journal",
    Fault.OFFICE: "small-office mode was not switched so, switch",
    Fault.PAPERS: "a paper is not what a second person was asked to approve",
    Fault.TOLD: "a request, an award, a voucher or a payment is not what the log was told",
    Fault.WEEKS: "a week of exceptions was not signed so, entry or month",
    Fault.MONEY_OUT: "a paper of money out does not tie to the journal",
}
_ENTRIES = """SELECT id, key, request_hash, event, doc, effective_on, posted_at, period, actor,
  approver, reverses, memo_hash, lines, total, prev, hash FROM entry ORDER BY id"""
_LINES = """SELECT p.entry_id, p.line, p.account, p.sub, p.earmark, p.cents, a.grp FROM posting p
  JOIN account a ON a.code = p.account ORDER BY p.entry_id, p.line"""


@dataclass(frozen=True)
class Finding:
    """A fault and where it shows: mostly an entry's number, or a paper's name."""

    fault: Fault
    place: int
    name: str = ""

    def __str__(self) -> str:
        return f"{MEANING[self.fault]}: {self.name or self.place}"


@dataclass
class Report:
    """How much was checked and what was found."""

    entries: int = 0
    lines: int = 0
    last_hash: str = chain.FIRST
    findings: list[Finding] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 if the journal is sound, else the number of the first fault."""
        return self.findings[0].fault.value if self.findings else 0

    def found(self, fault: Fault, place: int) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(fault, place))


def verify(anchors: Iterable[tuple[int, str]] = ()) -> Report:
    """Recompute the chain, the balances and the receipts, and look at the guards.

    `anchors`: entries with their hash, or its first 16 signs, as printed on receipts.
    """
    report = Report()
    wanted: dict[int, set[str]] = {}
    for entry, hash_ in anchors:
        wanted.setdefault(entry, set()).add(hash_.upper())
    _walk(report, wanted)
    for fault, place in prove():
        report.found(fault, place)
    head = db.session.execute(text("SELECT seq, hash FROM chain_head")).one_or_none()
    if head is None or (head.seq, head.hash) != (report.entries, report.last_hash):
        report.found(Fault.HEAD, report.entries)
    return report


def _walk(report: Report, anchors: dict[int, set[str]]) -> None:
    lines = groupby(_stream(_LINES), key=itemgetter(0))
    waiting: tuple[int, list[Any]] | None = None
    expected = 1
    for row in _stream(_ENTRIES):
        while waiting is None or waiting[0] < row[0]:
            following = next(lines, None)
            if following is None:
                break
            waiting = (following[0], list(following[1]))
        own = waiting[1] if waiting and waiting[0] == row[0] else []
        if row[0] != expected:
            report.found(Fault.SEQUENCE, expected)
        expected = row[0] + 1
        _judge(report, row, own)
        if row[0] in anchors and not all(map(row[15].startswith, anchors.pop(row[0]))):
            report.found(Fault.ANCHOR, row[0])
    for _ in lines:  # what follows the last entry is found as orphans; end the stream
        pass
    for place in sorted(anchors):
        report.found(Fault.ANCHOR, place)


def _judge(report: Report, row: Any, lines: list[Any]) -> None:
    """Recompute one entry; its own hash is what the next one must follow from."""
    head = (*row[:5], _day(row[5]), _stamp(row[6]), *row[7:14])
    try:
        hash_ = chain.link(row[14], chain.written(head, [line[1:6] for line in lines]))
    except ValueError:
        hash_ = ""
    if hash_ != row[15]:
        report.found(Fault.HASH, row[0])
    if row[14] != report.last_hash:
        report.found(Fault.LINK, row[0])
    if not _adds_up(row, lines):
        report.found(Fault.UNBALANCED, row[0])
    report.entries += 1
    report.lines += len(lines)
    report.last_hash = row[15]


def _adds_up(row: Any, lines: list[Any]) -> bool:
    groups: dict[str, int] = {}
    total = 0
    for line in lines:
        cents, group = line[5], line[6]
        groups[group] = groups.get(group, 0) + cents
        if cents > 0:
            total += cents
    return not any(groups.values()) and (len(lines), total) == (row[12], row[13])


def _stream(query: str) -> Iterator[Any]:
    options = {"stream_results": True, "yield_per": BATCH}
    return iter(db.session.execute(text(query), execution_options=options))


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _stamp(value: object) -> str:
    """Return the instant as the canonical text has it; SQLite keeps it as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = str(value)
    return f"{said[:10]}T{said[11:19]}Z"
