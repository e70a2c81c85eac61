"""Ask for an entry that corrects the books, and post it once a second person approved it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.words import _
from diversion.fund.corrections import elsewhere, queries, rules
from diversion.fund.corrections.models import (
    Correction,
    CorrectionKind,
    CorrectionLine,
    CorrectionPosted,
)
from diversion.ledger import exceptions, facts, periods, reports, standing
from diversion.ledger import services as books
from diversion.ledger.commands import Line
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about
from diversion.staff.models import Staff

K = CorrectionKind
MATTERS = {
    K.ADJUST: Matter.ADJUSTMENT, K.OPENING: Matter.ADJUSTMENT, K.REVERSE: Matter.REVERSAL,
    K.YEAR_CLOSE: Matter.ADJUSTMENT,
}  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What somebody wants posted. `document_hash` is the SHA-256 of what lies behind it."""

    kind: CorrectionKind
    effective_on: date
    reason: str
    lines: Sequence[Line]
    document_hash: str = ""
    reverses: int | None = None


def asked_once(
    key: str, wanted: object, ask: Callable[[], Correction], *, by: Staff
) -> Correction:  # fmt: skip
    """Ask for what a form wants, once however often it is sent."""
    said = {**vars(wanted), "by": by.id}
    earlier = once.claim(key, once.request_hash(type(wanted).__name__, said))
    if earlier is not None:
        return queries.correction(earlier)
    made = ask()
    once.settle(key, made.number)
    return made


def adjust(wish: Wish, *, by: Staff, today: date, now: datetime) -> Correction:
    """Ask for an adjustment (E37). Raises TooShort, NotToday, LedgerRefused, Asked."""
    rules.check_day(wish.effective_on, today, queries.state_on(wish.effective_on))
    return _ask(wish, by=by, now=now)


def open_books(wish: Wish, *, by: Staff, now: datetime) -> Correction:
    """Ask for the opening entry (E38), once. Raises OpenedAlready and as `adjust` does."""
    if entry := exceptions.opening_entry():
        raise rules.OpenedAlready(_(rules.OpenedAlready.sentence.text, entry=entry))
    return _ask(wish, by=by, now=now)


def turn_back(number: int, reason: str, *, by: Staff, on: date, now: datetime) -> Correction:
    """Ask for the reversal of an entry (E40), on the present day.

    Raises NotHere, YearIsOver, TooShort, LedgerRefused.
    """
    found = elsewhere.check(number)
    _check_alone(queries.alike(K.REVERSE, reverses=number))
    back = [Line(x.account, -x.cents, x.sub, x.earmark) for x in facts.lines_of(number)]
    # What came before the books is turned back there.
    day = _day_of(number, found.on, on if found.period else found.on)
    return _ask(Wish(K.REVERSE, day, reason, back, reverses=number), by=by, now=now)


def _day_of(number: int, posted: date, present: date) -> date:
    """Return when a reversal counts: what closed a year is turned back within it."""
    if number not in reports.closings():
        return present
    if queries.state_on(posted) in periods.DONE:
        raise rules.YearIsOver
    return posted


def _check_alone(papers: Sequence[Correction]) -> None:
    """Raise Asked where the same waits for a decision already."""
    if any(waiting_about(MATTERS[each.kind], each.number) for each in papers):
        raise approvals.Asked


def close_year(last: date, *, lapses: bool, by: Staff, now: datetime) -> Correction:
    """Ask for the entry that closes the fiscal year ending on `last` (E39).

    Raises ClosedAlready, NothingToClose, LedgerRefused.
    """
    if entry := exceptions.year_end_on(last):
        raise rules.ClosedAlready(_(rules.ClosedAlready.sentence.text, entry=entry))
    _check_alone(queries.alike(K.YEAR_CLOSE, on=last))
    lines = rules.year_end(standing.on(last), lapses=lapses)
    if not lines:
        raise rules.NothingToClose
    reason = f"Close of the fiscal year {last.year}"
    return _ask(Wish(K.YEAR_CLOSE, last, reason, lines), by=by, now=now)


def _ask(wish: Wish, *, by: Staff, now: datetime) -> Correction:
    books.hold()
    paper = Correction(
        number=queries.next_number(now.year), kind=wish.kind, effective_on=wish.effective_on,
        reason=rules.check_reason(wish.reason), document_hash=wish.document_hash,
        reverses=wish.reverses, asked_by_id=by.id, asked_at=now,
    )  # fmt: skip
    books.try_out(rules.command(paper, wish.lines), by=by.id, on=wish.effective_on, now=now)
    paper.lines = [
        CorrectionLine(line=n, account=x.account, sub=x.sub, earmark=x.earmark, cents=x.cents)
        for n, x in enumerate(wish.lines, 1)
    ]
    db.session.add(paper)
    db.session.flush()
    amount = rules.amount_of(wish.lines)
    approvals.ask(
        MATTERS[paper.kind], paper.number, amount=amount, request_hash=rules.hash_of(paper),
        by=by, now=now,
    )  # fmt: skip
    record(Act.CORRECTION_ASKED, f"correction:{paper.number}", by=by, kind=paper.kind.value,
           cents=amount.cents)  # fmt: skip
    return paper


def carry_out(paper: Correction, *, lapses: bool, now: datetime) -> books.Posted:
    """Post what was asked, as it was approved.

    Raises NotApproved, Moved, NotHere, LedgerRefused.
    """
    approver = approvals.approver_of(MATTERS[paper.kind], paper.number, rules.hash_of(paper))
    books.hold()
    lines = rules.lines_of(paper)
    if paper.kind is K.YEAR_CLOSE:
        wanted = rules.year_end(standing.on(paper.effective_on), lapses=lapses)
        if set(wanted) != set(lines):
            raise rules.Moved
    if paper.reverses is not None:
        elsewhere.check(paper.reverses)
    posted = books.post(
        rules.command(paper, lines), key=f"correction:{paper.number}", by=paper.asked_by_id,
        approved_by=approver, on=paper.effective_on, now=now,
    )  # fmt: skip
    paper.posted = CorrectionPosted(correction_id=paper.id, entry=posted.number)
    db.session.flush()
    record(Act.CORRECTION_POSTED, f"correction:{paper.number}", by=paper.asked_by_id,
           entry=posted.number, approver=approver)  # fmt: skip
    return posted
