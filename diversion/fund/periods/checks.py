"""Check a month before it is closed: each check counts the rows that stand against it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.deposits import queries as deposits
from diversion.fund.deposits.rules import due_from
from diversion.fund.drawers import queries as drawers
from diversion.fund.periods import queries
from diversion.fund.periods.models import Check
from diversion.fund.reconciliation.figures import figures
from diversion.ledger import exceptions as unusual
from diversion.ledger import extracts, receipts
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import DEFERRED, RECEIVABLE, SUSPENSE, Group
from diversion.ledger.cash import cash_on
from diversion.ledger.extracts import Range
from diversion.ledger.periods import Month, ends_year

_DAY = date.resolution
# For so long a deposit may be on its way before the bank's line is missed.
ON_THE_WAY = 5 * _DAY
MAY_BE_EXPLAINED = frozenset({Check.SUSPENSE, Check.STATUTORY})
TITLES: Mapping[Check, Sentence] = {
    Check.DEPOSITED: _("All receipts deposited"),
    Check.NUMBERS: _("Receipt numbers without a gap"),
    Check.DRAWERS: _("Drawers closed"),
    Check.CONFIRMED: _("Deposits confirmed by the treasurer"),
    Check.BANK: _("Reconciled with the bank to the cent"),
    Check.SUSPENSE: _("Suspense is empty"),
    Check.BALANCED: _("Trial balance is zero in every group"),
    Check.PROVED: _("Chain and balances proved"),
    Check.SIGNED: _("Exceptions and open items reviewed"),
    Check.STATUTORY: _("Statutory fee remitted"),
    Check.YEAR_END: _("Year-end entry posted"),
}


@dataclass(frozen=True)
class Asked:
    """The month in question, the present day, and the first month of the fiscal year."""

    month: Month
    today: date
    year_starts: int

    @property
    def range(self) -> Range:
        return Range(self.month.first, self.month.last, ledger.head().number)

    @property
    def ends_the_year(self) -> bool:
        return ends_year(self.month, self.year_starts)


@dataclass(frozen=True)
class Outcome:
    """How a check stands; `found` rows stand against it, behind the endpoint."""

    check: Check
    found: int
    words: Sentence
    endpoint: str
    params: Mapping[str, Any] = field(default_factory=dict)
    explained: str = ""

    @property
    def is_done(self) -> bool:
        return not self.found or bool(self.explained)

    @property
    def title(self) -> Sentence:
        return TITLES[self.check]


def run(asked: Asked) -> list[Outcome]:
    """Return all checks that the month needs, in the order of the list."""
    return [found for check in CHECKS if (found := check(asked)) is not None]


def _deposited(asked: Asked) -> Outcome:
    late = min(asked.month.last + _DAY, due_from(asked.today))
    lying = [r for r in receipts.undeposited() if r.on < late]
    words = _("In the drawer: {count}, {amount}", count=len(lying),
              amount=Money.total(r.amount for r in lying))  # fmt: skip
    nothing = _("Nothing of the month lies in the drawer")
    before = {"books": "before"} if lying and lying[0].imported else {}
    return Outcome(
        Check.DEPOSITED, len(lying), words if lying else nothing, "fund.deposits.new", before
    )


def _numbers(asked: Asked) -> Outcome:
    gaps = receipts.gaps()
    given = extracts.series(asked.range)
    words = _("No receipt was given")
    if gaps:
        words = _("{series} lacks {count}", series=gaps[0][0], count=gaps[0][2] - gaps[0][1])
    elif given:
        prefix, count, low, high = given[-1]
        words = _("{prefix}{low} to {high} · {count} numbers", prefix=prefix, low=f"{low:06d}",
                  high=f"{high:06d}", count=count)  # fmt: skip
    return Outcome(Check.NUMBERS, len(gaps), words, "fees.receipts.show_all")


def _drawers(asked: Asked) -> Outcome:
    open_ = [each for each in drawers.not_settled() if each.opened_on <= asked.month.last]
    words = _("Open, or short or over without a signature: {count}", count=len(open_))
    nothing = _("Every drawer is counted, and signed where it differed")
    return Outcome(Check.DRAWERS, len(open_), words if open_ else nothing, "fund.drawers.show_all")


def _confirmed(asked: Asked) -> Outcome:
    """A deposit of the last days may arrive in the next month; it is shown, not counted."""
    moving = [row for row in deposits.on_their_way() if row[0].deposited_on <= asked.month.last]
    due = [row for row in moving if row[0].deposited_on < asked.month.last - ON_THE_WAY]
    total = Money.total(amount for _deposit, amount in moving)
    words = _("In transit: {count}, {amount}", count=len(moving), amount=total)
    return Outcome(
        Check.CONFIRMED, len(due), words if moving else _("None is on its way"),
        "fund.deposits.start", {"state": "in-transit"},
    )  # fmt: skip


def _bank(asked: Asked) -> Outcome:
    last = asked.month.last
    found = figures()
    reaches = found is not None and found.on >= last
    apart = [amount for on, amount in found.dated() if on <= last] if found else []
    words = _("Bank and books agree to the cent")
    if apart:
        words = _("Without an entry: {count}, {amount}", count=len(apart),
                  amount=Money(sum(abs(each.cents) for each in apart)))  # fmt: skip
    elif not reaches and cash_on(last):
        words = _("No statement reaches to the end of the month")
    missing = int(not reaches and bool(cash_on(last)))
    return Outcome(Check.BANK, len(apart) + missing, words, "fund.bank.start")


def _suspense(asked: Asked) -> Outcome:
    keys = ledger.open_items(SUSPENSE).subquery()
    open_ = [r for r in receipts.of_keys(keys.select().with_only_columns(keys.c.sub))
             if r.on <= asked.month.last]  # fmt: skip
    words = _("Nobody's money waits for a name")
    if open_:
        words = _("{number}, {amount}, without a name", number=open_[0].number,
                  amount=open_[0].amount)  # fmt: skip
    return Outcome(
        Check.SUSPENSE, len(open_), words, "fund.register.show", _account(asked, SUSPENSE),
        queries.explanation(asked.month, Check.SUSPENSE),
    )  # fmt: skip


def _balanced(asked: Asked) -> Outcome:
    sums: dict[Group, int] = {}
    mirror = 0
    for line in ledger.trial_balance(asked.month.first, asked.month.last):
        sums[line.account.group] = sums.get(line.account.group, 0) + line.closing.cents
        if line.account.code in (RECEIVABLE, DEFERRED):
            mirror += line.closing.cents
    told = " · ".join(f"{group} {Money(cents).plain()}" for group, cents in sorted(sums.items()))
    wrong = sum(bool(cents) for cents in sums.values()) + bool(mirror)
    words = _("{told} · owed and not yet earned agree", told=told) if told else _("No entries")
    off = _("{told} · owed and not yet earned differ by {off}", told=told, off=Money(mirror))
    return Outcome(
        Check.BALANCED, wrong, off if mirror else words, "fund.statements.show",
        {"name": "trial-balance", **_days(asked)},
    )  # fmt: skip


def _proved(asked: Asked) -> Outcome:
    proof = queries.proof_of(asked.month)
    words = _("Not proved since the last entry, {entry}", entry=asked.month.last_entry)
    if proof is not None and proof.exit_code:
        words = _("Damage was found: see diversion verify, code {code}", code=proof.exit_code)
    elif proof is not None:
        words = _("Every entry up to {entry}", entry=proof.last_entry)
    done = proof is not None and not proof.exit_code
    here = {"month": asked.month.name, "_anchor": "steps"}
    return Outcome(Check.PROVED, 0 if done else 1, words, "fund.periods.show", here)


def _signed(asked: Asked) -> Outcome:
    month = asked.month
    signature = queries.signature_of(month)
    count = len(unusual.exceptions(month.number))
    words = _("Exceptions: {count}, signed up to entry {entry}", count=count,
              entry=signature.last_entry if signature else 0)  # fmt: skip
    to_sign = _("Exceptions to look through: {count}", count=count)
    return Outcome(
        Check.SIGNED, 0 if signature else 1, words if signature else to_sign,
        "fund.reviews.show", {"month": month.name},
    )  # fmt: skip


def _statutory(asked: Asked) -> Outcome | None:
    used = [a for a in ledger.accounts(active_only=True) if a.group is Group.STATUTORY]
    if not used:
        return None
    held = sum((ledger.balance(a.code) for a in used if a.code < 7300), Money(0))
    words = _("{amount} not yet remitted", amount=held) if held else _("All is remitted")
    return Outcome(
        Check.STATUTORY, int(bool(held)), words, "fund.register.show", _account(asked, 7300),
        queries.explanation(asked.month, Check.STATUTORY),
    )  # fmt: skip


def _year_end(asked: Asked) -> Outcome | None:
    if not asked.ends_the_year:
        return None
    entry = unusual.year_end_on(asked.month.last)
    words = _("Entry {entry}", entry=entry) if entry else _("It closes income and spending")
    return Outcome(
        Check.YEAR_END, int(not entry), words, "fund.askings.year_end",
        {"month": asked.month.name},
    )  # fmt: skip


def _account(asked: Asked, code: int) -> dict[str, Any]:
    return {"account": code, **_days(asked)}


def _days(asked: Asked) -> dict[str, Any]:
    month = asked.month
    return {"from": f"{month.first:%m/%d/%Y}", "to": f"{month.last:%m/%d/%Y}"}


CHECKS: tuple[Callable[[Asked], Outcome | None], ...] = (
    _deposited, _numbers, _drawers, _confirmed, _bank, _suspense, _balanced, _proved, _signed,
    _statutory,
    _year_end,
)  # fmt: skip
