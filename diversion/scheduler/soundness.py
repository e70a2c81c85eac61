"""Check the log and the ledger together, for the nightly job and for the command."""

from dataclasses import dataclass
from pathlib import Path

from diversion.audit import verify as log
from diversion.fees import verify as fees
from diversion.fund import bound, told
from diversion.fund import verify as fund
from diversion.fund.corrections import proof as corrections
from diversion.fund.exports import proof as files
from diversion.fund.orders import verify as money_out
from diversion.fund.periods import proof as periods
from diversion.fund.weekly import proof as weeks
from diversion.ledger import checkpoints, office
from diversion.ledger import verify as ledger
from diversion.ledger.proofs import Fault


@dataclass(frozen=True)
class Soundness:
    """How much was checked, and each finding in a sentence."""

    rows: int
    entries: int
    findings: tuple[str, ...]
    exit_code: int

    @property
    def is_sound(self) -> bool:
        """Say whether nothing is damaged; a clock that went back is a warning."""
        return self.exit_code in {0, log.Fault.CLOCK}


def examine(anchors: Path) -> Soundness:
    """Check both chains and all that hangs on them, and both against the anchors kept elsewhere."""
    witnesses = checkpoints.read(anchors)
    sound = [each for each in witnesses if each is not None and each.is_sound()]
    logged = log.verify(anchors)
    booked = ledger.verify((each.entry, each.hash) for each in sound)
    if len(sound) < len(witnesses):
        booked.found(Fault.ANCHOR, 0)
    booked.findings.extend(fees.findings())
    booked.findings.extend(periods.findings())
    booked.findings.extend(corrections.findings())
    booked.findings.extend(office.findings())
    booked.findings.extend(weeks.findings())
    booked.findings.extend(bound.findings())
    booked.findings.extend(told.findings())
    booked.findings.extend(fund.findings())
    booked.findings.extend(money_out.findings())
    booked.findings.extend(files.findings())
    codes = [logged.exit_code, booked.exit_code]
    grave = [code for code in codes if code not in {0, log.Fault.CLOCK}]
    return Soundness(
        logged.rows, booked.entries,
        tuple(str(finding) for finding in [*logged.findings, *booked.findings]),
        grave[0] if grave else max(codes),
    )  # fmt: skip
