"""Carry out what a paper of the bank asks for, in the order of the bank's days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees import queries as fees
from diversion.fees.codes import ReturnReason
from diversion.fees.returned import services as returned
from diversion.fees.returned.services import Notice
from diversion.fees.unplaced import queries as unplaced
from diversion.fees.unplaced_returns import services as unplaced_returns
from diversion.fund.deposits import confirming
from diversion.fund.deposits import queries as deposits
from diversion.fund.deposits.models import Deposit
from diversion.fund.reconciliation import postings, queries
from diversion.fund.reconciliation.models import (
    BankLine,
    BankMatch,
    BankMatchEntry,
    BankPaper,
    BankUnmatch,
    DepositedBefore,
    ItemKind,
    Meaning,
    PaperKind,
)
from diversion.fund.reconciliation.papers import Differs, NothingBefore, NotMatched, before_of
from diversion.fund.reconciliation.queries import State
from diversion.ledger import cash, periods
from diversion.ledger import services as books
from diversion.ledger.commands import Command, PeriodState
from diversion.ledger.receipts import of_keys
from diversion.staff.models import Staff

Keys = dict[ItemKind, list[int]]
NO_FUNDS = "NSF"
TAKEN_BACK = "UNMATCH-"  # begins what the journal calls a match that was taken back


def carry_out(paper: BankPaper, *, approved_by: int | None, on: date, now: datetime) -> None:
    """Post all that a paper asks for, or nothing; reversals carry the day `on`.

    Raises NotMatched, Differs, LedgerRefused, and what returning and confirming raise.
    """
    books.hold()
    by = db.session.get_one(Staff, paper.asked_by_id)
    if paper.kind is PaperKind.BEFORE:
        _before(paper, by, approved_by, on, now)
    elif paper.kind is PaperKind.UNMATCH:
        _take_back(paper, by, approved_by, on, now)
    else:
        for match, line in queries.matches_on(paper):
            _match(match, _Dated(line, _day(line.happened_on, on)), by, approved_by, now)


@dataclass(frozen=True)
class _Dated:
    """A line of a statement, and the day under which its entries stand."""

    line: BankLine
    on: date


def _day(happened_on: date, today: date) -> date:
    """Return the bank's day, or the present one where that month takes nothing more."""
    month = periods.of_day(happened_on)
    if month is None:
        is_shut = periods.closed_after(happened_on.year * 100 + happened_on.month)
    else:
        is_shut = month.state is not PeriodState.OPEN
    return today if is_shut else happened_on


def _match(
    match: BankMatch, dated: _Dated, by: Staff, approved_by: int | None, now: datetime
) -> None:
    line = dated.line
    keys: Keys = {kind: [] for kind in ItemKind}
    for item in queries.items_of([match.id]).get(match.id, []):
        keys[item.kind].append(item.item)
    posted = _post(match, dated, keys, by, approved_by, now)
    found = keys[ItemKind.ENTRY]
    if cash.cash_of([*posted, *found]) != line.amount or _is_tied(found):
        raise Differs(_(Differs.sentence.text, day=f"{line.happened_on:%m/%d/%Y}"))
    rows = {**dict.fromkeys(found, False), **dict.fromkeys(posted, True)}
    db.session.add_all(
        BankMatchEntry(match_id=match.id, entry=entry, posted=new) for entry, new in rows.items()
    )
    db.session.flush()
    record(Act.BANK_LINE_MATCHED, f"line:{line.handle}", by=by, meaning=match.meaning.value,
           cents=line.amount.cents)  # fmt: skip


def _is_tied(entries: list[int]) -> bool:
    return bool(set(entries) & set(db.session.scalars(queries.tied())))


def _post(
    match: BankMatch, dated: _Dated, keys: Keys, by: Staff, approved_by: int | None, now: datetime
) -> list[int]:
    """Post what a line is and was in no entry yet; return the entries."""
    line = dated.line
    doc = postings.doc_of(line.handle, line.happened_on)
    if match.meaning is Meaning.RETURNED:
        return _returned(dated, keys[ItemKind.RECEIPT], by, approved_by, now)
    if match.meaning in postings.SIMPLE:
        commands = [postings.simple(match.meaning, line.amount, doc)]
    else:
        receipts = keys[ItemKind.RECEIPT]
        commands = [postings.at_the_bank(receipts, doc)] if receipts else []
    posted = [
        _entry(command, f"bank:{match.handle}", by, approved_by, dated.on, now)
        for command in commands
    ]
    return posted + [_confirmed(key, dated, by, now) for key in keys[ItemKind.DEPOSIT]]


def _entry(
    command: Command, key: str, by: Staff, approved_by: int | None, on: date, now: datetime
) -> int:
    return books.post(
        command, key=key, by=by.id, approved_by=approved_by, on=on, now=now
    ).number  # fmt: skip


def _confirmed(deposit_id: int, dated: _Dated, by: Staff, now: datetime) -> int:
    deposit = db.session.get_one(Deposit, deposit_id)
    amount = deposits.in_transit_of(deposit_id)
    on = max(dated.on, deposit.deposited_on)
    taken = confirming.Taken(on, amount, dated.line.reference[:40])
    taking = confirming.say(deposit, taken, by=by, today=on, now=now)
    return confirming.confirm(taking, by=by.id, now=now).entry


def _returned(
    dated: _Dated, receipts: list[int], by: Staff, approved_by: int | None, now: datetime
) -> list[int]:
    line = dated.line
    poor = NO_FUNDS in line.words.upper()
    reason = ReturnReason.INSUFFICIENT_FUNDS if poor else ReturnReason.OTHER
    number, reference = of_keys(receipts)[0].number, line.reference[:40]
    told: dict[str, Any] = {
        "by": by, "approved_by": approved_by or 0, "on": dated.on, "now": now,
    }  # fmt: skip
    if fees.is_on_account(number):
        notice = Notice(reason=reason, reference=reference)
        return [returned.return_item(number, notice, **told).entry_number or 0]
    found = unplaced.receipt(number)
    said = unplaced_returns.return_at_once(found, reason, reference, **told)
    return [said.entry_number or 0]


def _before(paper: BankPaper, by: Staff, approved_by: int | None, on: date, now: datetime) -> None:
    receipts = before_of(paper)
    if not receipts or paper.until_on is None:
        raise NothingBefore
    command = postings.at_the_bank([r.id for r in receipts], f"BEFORE-{paper.handle}")
    day = _day(paper.until_on, on)
    entry = _entry(command, f"bank:{paper.handle}", by, approved_by, day, now)
    db.session.add(DepositedBefore(paper_id=paper.id, entry=entry))
    db.session.flush()
    record(Act.BANK_LINE_MATCHED, f"paper:{paper.handle}", by=by, receipts=len(receipts),
           cents=Money.total(r.amount for r in receipts).cents)  # fmt: skip


def _take_back(
    paper: BankPaper, by: Staff, approved_by: int | None, on: date, now: datetime
) -> None:
    """Reverse what a match had posted, the newest first; what it had found is free again."""
    line = db.session.get_one(BankLine, paper.line_id)
    standing = queries.standings([line.id]).get(line.id, queries.OPEN)
    if standing.state is not State.HELD or standing.match is None:
        raise NotMatched
    for tied in sorted(standing.entries, key=lambda each: -each.entry):
        if tied.posted:
            books.reverse(
                tied.entry, key=f"unmatch:{standing.match.handle}:{tied.entry}", by=by.id,
                approved_by=approved_by, on=on, now=now, doc=f"{TAKEN_BACK}{line.handle}",
            )  # fmt: skip
    db.session.add(BankUnmatch(match_id=standing.match.id, paper_id=paper.id, unmatched_at=now))
    db.session.flush()
    record(Act.BANK_LINE_UNMATCHED, f"line:{line.handle}", by=by)
