"""Close a month with a seal over its balances; every step is written with who and why."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.words import _
from diversion.fund.periods import checks, queries, rules
from diversion.fund.periods.models import (
    Check,
    PeriodBalance,
    PeriodExplanation,
    PeriodFinding,
    PeriodProof,
    PeriodSignature,
    PeriodSnapshot,
)
from diversion.fund.periods.outcome import MAY_BE_EXPLAINED, TITLES, Asked, Outcome
from diversion.fund.periods.proof import examine
from diversion.ledger import extracts, periods
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import PeriodState
from diversion.ledger.periods import Month
from diversion.staff.models import Staff

S = PeriodState


def begin(asked: Asked, *, by: Staff, now: datetime) -> None:
    """Let nothing but adjustments into a month that is over. Raises NotOver, WrongState."""
    rules.check_over(asked.month, asked.today)
    _step(asked.month, S.CLOSING, (S.OPEN,), Act.PERIOD_CLOSING, by=by, now=now)


def resume(asked: Asked, *, by: Staff, now: datetime) -> None:
    """Let everything in again, before the month was closed. Raises WrongState."""
    _step(asked.month, S.OPEN, (S.CLOSING,), Act.PERIOD_RESUMED, by=by, now=now)


def _step(
    month: Month, to: PeriodState, allowed: tuple[PeriodState, ...], act: Act, *, by: Staff,
    now: datetime,
) -> None:  # fmt: skip
    books.hold()
    rules.check_state(periods.month(month.number), *allowed)
    periods.move(month.number, to, by=by.id, reason=to.value, now=now)
    record(act, f"period:{month.name}", by=by)


def prove(*, by: Staff | None, now: datetime) -> PeriodProof:
    """Prove the journal and keep what came of it."""
    return note_proof(*examine(), by=by, now=now)


def note_proof(
    last_entry: int, exit_code: int, *, by: Staff | None, now: datetime
) -> PeriodProof:  # fmt: skip
    made = PeriodProof(
        last_entry=last_entry, exit_code=exit_code, proved_by_id=by.id if by else None,
        proved_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.BOOKS_PROVED, f"entry:{last_entry}", by=by, exit_code=exit_code)
    return made


def sign(asked: Asked, *, by: Staff, now: datetime) -> PeriodSignature:
    """Sign that the exceptions of a month were looked through, up to its last entry."""
    rules.check_state(asked.month, S.OPEN, S.CLOSING)
    made = PeriodSignature(
        period_id=asked.month.number, last_entry=asked.month.last_entry, signed_by_id=by.id,
        signed_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.PERIOD_SIGNED, f"period:{asked.month.name}", by=by, last_entry=made.last_entry)
    return made


def explain(asked: Asked, check: Check, reason: str, *, by: Staff, now: datetime) -> None:
    """Say why something may stay open. Raises TooShort, WrongState."""
    rules.check_state(asked.month, S.OPEN, S.CLOSING)
    if check not in MAY_BE_EXPLAINED:
        raise rules.NotReady(_(rules.NotReady.sentence.text, title=TITLES[check]))
    db.session.add(
        PeriodExplanation(
            period_id=asked.month.number, check=check, last_entry=asked.month.last_entry,
            reason=rules.check_reason(reason), explained_by_id=by.id, explained_at=now,
        )
    )  # fmt: skip
    db.session.flush()
    record(Act.PERIOD_EXPLAINED, f"period:{asked.month.name}", by=by, check=check.value)


def close(asked: Asked, *, by: Staff, now: datetime) -> PeriodSnapshot:
    """Close a month whose whole checklist is done, and seal what it adds up to.

    The last month of a fiscal year locks the whole year. Raises NotOver, WrongState,
    EarlierOpen, NotReady, SignedBySelf.
    """
    rules.check_over(asked.month, asked.today)
    books.hold()
    month = periods.month(asked.month.number)
    asked = Asked(month, asked.today, asked.year_starts, asked.weekly)
    rules.check_state(month, S.OPEN, S.CLOSING)
    if periods.open_before(month.number):
        raise rules.EarlierOpen
    prove(by=by, now=now)
    outcomes = checks.run(asked)
    for outcome in outcomes:
        if not outcome.is_done:
            raise rules.NotReady(_(rules.NotReady.sentence.text, title=outcome.title))
    signature = queries.signature_of(month)
    if signature is None or signature.signed_by_id == by.id:
        raise rules.SignedBySelf
    made = seal(asked, outcomes, by=by, now=now)
    periods.move(month.number, S.CLOSED, by=by.id, approved_by=signature.signed_by_id,
                 reason="checklist done", now=now)  # fmt: skip
    record(Act.PERIOD_CLOSED, f"period:{month.name}", by=by, last_entry=made.last_entry,
           turn=made.turn, digest=made.digest)  # fmt: skip
    if asked.ends_the_year:
        _lock(month, by=by, approved_by=signature.signed_by_id, now=now)
    return made


def seal(
    asked: Asked, outcomes: Sequence[Outcome], *, by: Staff, now: datetime
) -> PeriodSnapshot:  # fmt: skip
    """Keep what a period adds up to, and how its checks stood, under one hash."""
    month, head = asked.month, ledger.head()
    sums = extracts.sums(asked.range)
    trial = ledger.trial_balance(month.first, month.last, up_to=head.number)
    turns = select(func.count()).where(PeriodSnapshot.period_id == month.number)
    made = PeriodSnapshot(
        period_id=month.number, turn=(db.session.scalar(turns) or 0) + 1, last_entry=head.number,
        chain_hash=head.hash, entries=sums.entries, lines=sums.lines, debits=sums.debits,
        credits=sums.credits, receipts=sums.receipts, received=sums.received,
        deposits=sums.deposits, deposited=sums.deposited, taken_by_id=by.id, taken_at=now,
        digest=rules.digest(month.number, head.number, head.hash, sums, trial),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    rows = [PeriodBalance(snapshot_id=made.id, account=t.account.code, opening=t.opening,
                          debits=t.debits, credits=t.credits) for t in trial]  # fmt: skip
    db.session.add_all(rows)
    db.session.add_all(
        PeriodFinding(snapshot_id=made.id, check=each.check, found=each.found) for each in outcomes
    )
    db.session.flush()
    return made


def _lock(last: Month, *, by: Staff, approved_by: int, now: datetime) -> None:
    """Lock the twelve months that end with `last`: a locked month never opens again."""
    for month in periods.months():
        if month.number > last.number - 100 and month.state is S.CLOSED:
            periods.move(month.number, S.LOCKED, by=by.id, approved_by=approved_by,
                         reason="year closed", now=now)  # fmt: skip
    record(Act.YEAR_LOCKED, f"period:{last.name}", by=by)
