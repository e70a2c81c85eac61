"""Check the money of a month: drawer, deposits, bank, suspense, what is the state's."""

from datetime import date

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.deposits import queries as deposits
from diversion.fund.drawers import queries as sessions
from diversion.fund.periods import queries
from diversion.fund.periods.models import Check
from diversion.fund.periods.outcome import Asked, Outcome, account
from diversion.fund.reconciliation.figures import figures
from diversion.fund.remittances import queries as remittances
from diversion.ledger import queries as ledger
from diversion.ledger import receipts
from diversion.ledger.accounts import SUSPENSE, Group
from diversion.ledger.cash import cash_on

_DAY = date.resolution
# For so long a deposit may be on its way before the bank's line is missed.
ON_THE_WAY = 5 * _DAY


def deposited(asked: Asked) -> Outcome:
    late = min(asked.month.last + _DAY, deposits.due_from(asked.today))
    lying = [r for r in receipts.undeposited() if r.on < late]
    words = _("In the drawer: {count}, {amount}", count=len(lying),
              amount=Money.total(r.amount for r in lying))  # fmt: skip
    nothing = _("Nothing of the month lies in the drawer")
    before = {"books": "before"} if lying and lying[0].imported else {}
    return Outcome(
        Check.DEPOSITED, len(lying), words if lying else nothing, "fund.deposits.new", before
    )


def drawers(asked: Asked) -> Outcome:
    open_ = [each for each in sessions.not_settled() if each.opened_on <= asked.month.last]
    words = _("Open, or short or over without a signature: {count}", count=len(open_))
    nothing = _("Every drawer is counted, and signed where it differed")
    return Outcome(Check.DRAWERS, len(open_), words if open_ else nothing, "fund.drawers.show_all")


def confirmed(asked: Asked) -> Outcome:
    """A deposit of the last days may arrive in the next month; it is shown, not counted."""
    moving = [row for row in deposits.on_their_way() if row[0].deposited_on <= asked.month.last]
    due = [row for row in moving if row[0].deposited_on < asked.month.last - ON_THE_WAY]
    total = Money.total(amount for _deposit, amount in moving)
    words = _("In transit: {count}, {amount}", count=len(moving), amount=total)
    return Outcome(
        Check.CONFIRMED, len(due), words if moving else _("None is on its way"),
        "fund.deposits.start", {"state": "in-transit"},
    )  # fmt: skip


def bank(asked: Asked) -> Outcome:
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


def suspense(asked: Asked) -> Outcome:
    keys = ledger.open_items(SUSPENSE).subquery()
    open_ = [r for r in receipts.of_keys(keys.select().with_only_columns(keys.c.sub))
             if r.on <= asked.month.last]  # fmt: skip
    words = _("Nobody's money waits for a name")
    if open_:
        words = _("{number}, {amount}, without a name", number=open_[0].number,
                  amount=open_[0].amount)  # fmt: skip
    return Outcome(
        Check.SUSPENSE, len(open_), words, "fund.register.show", account(asked, SUSPENSE),
        queries.explanation(asked.month, Check.SUSPENSE),
    )  # fmt: skip


def statutory(asked: Asked) -> Outcome | None:
    used = [a for a in ledger.accounts(active_only=True) if a.group is Group.STATUTORY]
    if not used:
        return None
    left = remittances.unsent(asked.month.last)
    words = _("{amount} not yet remitted", amount=left) if left else _("All is remitted")
    return Outcome(
        Check.STATUTORY, int(bool(left)), words, "fund.remittances.start", {},
        queries.explanation(asked.month, Check.STATUTORY),
    )  # fmt: skip
