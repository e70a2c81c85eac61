"""Prove that the log is whole, or say at which row it is not."""

import hmac
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path

from diversion.audit import anchors, chain, raw
from diversion.audit.anchors import Anchor
from diversion.audit.raw import RawRow
from diversion.audit.services import CLOCK_TOLERANCE
from diversion.core import keys
from diversion.core.errors import DomainError

MOST_FINDINGS = 20


class Fault(IntEnum):
    """What can be wrong; the number is the exit code of `diversion verify`."""

    BROKEN = 2
    GAP = 3
    CUT = 4
    ANCHOR = 5
    CLOCK = 6


@dataclass(frozen=True)
class Finding:
    """A fault and the row at which it shows."""

    fault: Fault
    seq: int

    def __str__(self) -> str:
        return f"{_MEANING[self.fault]}, at row {self.seq}"


_MEANING = {
    Fault.BROKEN: "a row of the log was changed",
    Fault.GAP: "a row of the log is missing or out of its place",
    Fault.CUT: "the end of the log was cut off",
    Fault.ANCHOR: "an anchor is not one of this database",
    Fault.CLOCK: "the clock went backwards (a warning)",
}


@dataclass
class Report:
    """How many rows were checked and what was found."""

    rows: int = 0
    lines: int = 0
    last: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 if the log is sound, else the number of the first fault, a warning last."""
        faults = [finding.fault.value for finding in self.findings]
        return next((fault for fault in faults if fault != Fault.CLOCK), max(faults, default=0))

    def count(self, row: RawRow) -> None:
        self.rows += 1
        self.lines += row.lines
        self.last = row.seq

    def found(self, fault: Fault, seq: int) -> None:
        self.findings.append(Finding(fault, seq))

    @property
    def is_enough(self) -> bool:
        return len(self.findings) >= MOST_FINDINGS


def verify(anchor_file: Path | None = None) -> Report:
    """Check every row against its code and its neighbors, then against the anchors."""
    report = Report()
    read = anchors.read(anchor_file) if anchor_file else []
    codes = _check_chain(report, {anchor.seq for anchor in read if anchor})
    if not report.is_enough and raw.count_lines() != report.lines:
        report.found(Fault.BROKEN, report.last)
    name = anchors.database_name()
    for anchor in read:
        if report.is_enough:
            break
        _check_anchor(report, anchor, codes, name)
    return report


def _check_chain(report: Report, wanted: set[int]) -> dict[int, bytes]:
    """Walk along the log; return the codes of the rows that anchors speak of."""
    codes: dict[int, bytes] = {}
    before: bytes | None = chain.START
    last: RawRow | None = None
    for row in raw.rows():
        if row.seq != report.last + 1:
            report.found(Fault.GAP, report.last + 1)
            before = None
        before, fault = _judge(row, before)
        if fault:
            report.found(fault, row.seq)
        if last and row.at and last.at and row.at < last.at - CLOCK_TOLERANCE:
            report.found(Fault.CLOCK, row.seq)
        if row.seq in wanted:
            codes[row.seq] = before
        last = row
        report.count(row)
        if report.is_enough:
            break
    return codes


def _judge(row: RawRow, before: bytes | None) -> tuple[bytes, Fault | None]:
    """Return the code to go on with and what is wrong with the row.

    After a gap the row's own code can't be checked, since it binds a row that is gone.
    """
    if not row.lines_agree:
        return row.mac, Fault.BROKEN
    if before is None or _fits(row, before):
        return row.mac, None
    for other in raw.around(row.seq):
        if other.seq != row.seq and _fits(replace(other, seq=row.seq), before):
            return other.mac, Fault.GAP
    return row.mac, Fault.BROKEN


def _fits(row: RawRow, before: bytes) -> bool:
    try:
        secret = keys.numbered(row.key_id).secret
        return hmac.compare_digest(chain.code(secret, before, row.columns), row.mac)
    except (TypeError, ValueError, DomainError):  # anything may lie in a row that was changed
        return False


def _check_anchor(
    report: Report, anchor: Anchor | None, codes: dict[int, bytes], database: str
) -> None:
    if anchor is None or not anchor.is_sound():
        report.found(Fault.ANCHOR, anchor.seq if anchor else 0)
    elif anchor.seq > report.last:
        report.found(Fault.CUT, report.last + 1)
    elif anchor.database != database:
        report.found(Fault.ANCHOR, anchor.seq)
    elif anchor.seq in codes and codes[anchor.seq].hex() != anchor.mac:
        report.found(Fault.BROKEN, anchor.seq)
