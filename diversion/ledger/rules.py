"""Decide what may be posted: one pure function that answers with a draft or a refusal."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from diversion.core.money import LIMIT
from diversion.ledger.accounts import (
    BY_CODE,
    RECEIVABLE,
    STATUTORY_UNDEPOSITED,
    SUSPENSE,
    TENDERS,
    UNDEPOSITED,
    Account,
    Group,
)
from diversion.ledger.accounts import DEFERRED as MIRROR
from diversion.ledger.codes import Code
from diversion.ledger.commands import OWN_RECEIPT, Command, Line, Mode, PeriodState
from diversion.ledger.events import BY_EVENT, Books, Event

Key = tuple[int, int, int]
WHOLE = (UNDEPOSITED, STATUTORY_UNDEPOSITED)


@dataclass(frozen=True)
class Original:
    """The entry that is to be turned back."""

    event: Event
    effective_on: date
    before_the_books: bool
    lines: frozenset[Line]
    reversed: bool


@dataclass(frozen=True)
class Snapshot:
    """The facts a decision needs, fetched under the lock.

    `net`: debits less credits in cents by (account, sub, earmark). `tenders`: what each
    touched receipt was given for. `apart`: who must have no hand in this.
    """

    period: int
    state: PeriodState
    posted_on: date
    net: Mapping[Key, int]
    tenders: Mapping[int, int]
    inactive: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    original: Original | None = None
    card_reference_used: bool = False


@dataclass(frozen=True)
class Asked:
    """A command together with who gives it and for which day."""

    command: Command
    on: date
    by: int
    approved_by: int | None

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.command.key_lines


@dataclass(frozen=True)
class Draft:
    """An entry that may be posted as it stands."""

    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True)
class Refusal:
    code: Code


def decide(snapshot: Snapshot, asked: Asked) -> Draft | Refusal:
    """Return the entry to post, or the first reason against it."""
    for check in CHECKS:
        code = check(snapshot, asked)
        if code:
            return Refusal(code)
    return Draft(asked.lines, sum(x.cents for x in asked.lines if x.cents > 0))


def _shape(_: Snapshot, asked: Asked) -> Code | None:
    lines = asked.lines
    if len(lines) < 2:
        return Code.TOO_FEW_LINES
    if any(abs(x.cents) > LIMIT for x in lines):
        return Code.AMOUNT_OUT_OF_RANGE
    keys = Counter((x.account, x.sub, x.earmark) for x in lines)
    return Code.SAME_KEY_TWICE if max(keys.values()) > 1 else None


def _legible(_: Snapshot, asked: Asked) -> Code | None:
    command = asked.command
    texts = [command.doc] + ([command.tender.reference] if command.tender else [])
    printable = all(" " <= sign <= "~" for text in texts for sign in text)
    return None if printable and all(len(text) <= 40 for text in texts) else Code.NOT_LEGIBLE


def _accounts(snapshot: Snapshot, asked: Asked) -> Code | None:
    rule = BY_EVENT[asked.command.event]
    for line in asked.lines:
        account = BY_CODE.get(line.account)
        side = rule.debits if line.cents > 0 else rule.credits
        if account is None or account.group not in rule.groups:
            return Code.NOT_FOR_THIS_EVENT
        if not rule.reverses and line.account not in side:
            return Code.NOT_FOR_THIS_EVENT
        if line.account in snapshot.inactive:
            return Code.ACCOUNT_INACTIVE
        if bool(account.sub) != bool(line.sub) or line.sub < OWN_RECEIPT:
            return Code.SUB_LEDGER_KEY
        if line.earmark and not account.earmarked:
            return Code.SUB_LEDGER_KEY
    return None


def _balanced(_: Snapshot, asked: Asked) -> Code | None:
    sums: Counter[Group] = Counter()
    for line in asked.lines:
        sums[BY_CODE[line.account].group] += line.cents
    return Code.UNBALANCED if any(sums.values()) else None


def _period(snapshot: Snapshot, asked: Asked) -> Code | None:
    rule = BY_EVENT[asked.command.event]
    before = snapshot.period == 0
    if rule.books != Books.EITHER and (rule.books == Books.BEFORE) != before:
        return Code.PERIOD_WRONG
    if asked.on > snapshot.posted_on:
        return Code.DATE_AHEAD
    original = snapshot.original
    closing = rule.closing or (original is not None and BY_EVENT[original.event].closing)
    if snapshot.state == PeriodState.OPEN or (snapshot.state == PeriodState.CLOSING and closing):
        return None
    return Code.PERIOD_CLOSED


def _people(snapshot: Snapshot, asked: Asked) -> Code | None:
    rule = BY_EVENT[asked.command.event]
    second = rule.second or _places_money(asked)
    if asked.approved_by == asked.by or (second and asked.approved_by is None):
        return Code.SECOND_PERSON
    return Code.NOT_KEPT_APART if {asked.by, asked.approved_by} & snapshot.apart else None


def _places_money(asked: Asked) -> bool:
    """Say whether money that nobody could place goes to an account: two people do that."""
    applied = asked.command.event is Event.APPLY
    return applied and any(x.account == SUSPENSE and x.cents > 0 for x in asked.lines)


def _reversal(snapshot: Snapshot, asked: Asked) -> Code | None:
    rule = BY_EVENT[asked.command.event]
    original = snapshot.original
    if bool(rule.reverses) != (original is not None):
        return Code.NOT_REVERSIBLE
    if original is None:
        return None
    if original.reversed:
        return Code.ALREADY_REVERSED
    if original.event not in rule.reverses or original.before_the_books != (snapshot.period == 0):
        return Code.NOT_REVERSIBLE
    if rule.same_day and original.effective_on != asked.on:
        return Code.NOT_THE_SAME_DAY
    exact = {Line(x.account, -x.cents, x.sub, x.earmark) for x in asked.lines} == original.lines
    return None if exact else Code.REVERSAL_NOT_EXACT


def _receipt(snapshot: Snapshot, asked: Asked) -> Code | None:
    event, tender = asked.command.event, asked.command.tender
    if BY_EVENT[event].receipt != (tender is not None):
        return Code.RECEIPT_MISMATCH
    if tender is None:
        return None
    taken = [(x.sub, x.cents) for x in asked.lines if x.account in TENDERS]
    if taken != [(OWN_RECEIPT, tender.amount.cents)]:
        return Code.RECEIPT_MISMATCH
    if tender.imported != (event == Event.IMPORTED_RECEIPT):
        return Code.RECEIPT_MISMATCH
    if tender.imported:
        return None
    if (tender.mode == Mode.CARD) != (event == Event.RECEIPT_CARD) or tender.mode == Mode.UNKNOWN:
        return Code.RECEIPT_MISMATCH
    if tender.mode == Mode.CARD and not tender.reference:
        return Code.CARD_REFERENCE_MISSING
    return Code.CARD_REFERENCE_USED if snapshot.card_reference_used else None


def _floors(snapshot: Snapshot, asked: Asked) -> Code | None:
    for line in asked.lines:
        account: Account = BY_CODE[line.account]
        after = snapshot.net.get((line.account, line.sub, line.earmark), 0) + line.cents
        if account.sgn * after < 0:
            return Code.BELOW_FLOOR
        whole = line.account in WHOLE and line.sub != OWN_RECEIPT
        if whole and after not in (0, snapshot.tenders.get(line.sub, 0)):
            return Code.NOT_WHOLE
    return None


def _mirror(_: Snapshot, asked: Asked) -> Code | None:
    """What is owed stands against revenue not yet earned, obligation by obligation."""
    sums: Counter[int] = Counter()
    for line in asked.lines:
        if line.account in (RECEIVABLE, MIRROR):
            sums[line.sub] += line.cents
    return Code.NOT_MIRRORED if any(sums.values()) else None


CHECKS: tuple[Callable[[Snapshot, Asked], Code | None], ...] = (
    _shape, _legible, _accounts, _balanced, _period, _reversal, _people, _receipt, _floors,
    _mirror,
)  # fmt: skip
