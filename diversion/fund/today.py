"""Offer what waits for the people of finance; every count is that of the rows behind its link."""

import calendar
from datetime import date
from typing import Any

from flask import url_for

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.deposits import queries as deposits
from diversion.fund.deposits.rules import parts
from diversion.fund.exports.asked import today as asked
from diversion.fund.kinds import EVENTS, Kind
from diversion.fund.office.services import may_deposit
from diversion.fund.periods.today import to_close
from diversion.fund.reconciliation import today as bank
from diversion.fund.register.forms import CASH, CASH_ACCOUNTS
from diversion.fund.state_deposits import today as state_deposits
from diversion.fund.vouchers import today as vouchers
from diversion.fund.weekly import today as weekly
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import undeposited
from diversion.ledger.registers import Wanted, sums
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.filters import day
from diversion.web.today import Block, BlockSource, Row, offer

SHOWN = 3
MODES = {
    Mode.CASH: _("Cash {amount}"),
    Mode.CHECK: _("Checks {amount}"),
    Mode.MONEY_ORDER: _("Money orders {amount}"),
    Mode.UNKNOWN: _("Not said how {amount}"),
}


def set_up() -> None:
    """Put the blocks of this floor among the offered ones."""
    offer(BlockSource(_("Not yet deposited"), 20, drawer, first=True))
    offer(state_deposits.SOURCE)
    offer(asked.SOURCE)
    offer(vouchers.SOURCE)
    offer(BlockSource(_("Deposits in transit"), 40, on_the_way))
    offer(bank.UNEXPLAINED)
    offer(bank.LINES)
    offer(BlockSource(_("Months to close"), 50, to_close))
    offer(weekly.SOURCE)
    offer(BlockSource(_("Receipts of the month"), 60, month))


def drawer(staff: Staff) -> Block | None:
    """Return what lies in the drawer."""
    prepares = may_deposit(staff)
    if not (prepares or staff.may(Permission.RECEIPT_TAKE)):
        return None
    lying = undeposited(imported=False)
    if not lying:
        return None
    oldest = min(receipt.on for receipt in lying)
    total = Money.total(receipt.amount for receipt in lying)
    return Block(
        title=_("{amount} in the drawer", amount=total),
        count=len(lying),
        link=url_for("fund.deposits.new"),
        link_text=_("See the drawer"),
        button=_("Make the deposit") if prepares else _("See the drawer"),
        lead=_("Not yet deposited · oldest receipt {day}", day=day(oldest)),
        rows=tuple(Row(_kind(part.mode, part.total)) for part in parts(lying)),
        urgent=oldest < deposits.due_from(court_today()),
    )


def _kind(mode: Mode, amount: Money) -> Sentence:
    return Sentence(MODES[mode].text, {"amount": amount})


def on_the_way(staff: Staff) -> Block | None:
    """Return the deposits that the bank has not confirmed."""
    if not staff.may(Permission.LEDGER_READ):
        return None
    count, amount = deposits.in_transit()
    if not count:
        return None
    newest = db.session.execute(deposits.deposits(in_transit=True).limit(SHOWN))
    return Block(
        title=_("Deposits in transit"),
        count=count,
        link=url_for("fund.deposits.start", state="in-transit"),
        note=str(amount),
        rows=tuple(
            Row(
                row.number,
                url_for("fund.deposits.show", number=row.number),
                meta=_("{day} · {name}", day=day(row.deposited_on), name=row.name),
                tag=str(Money(int(row.total))),
                tone="plain",
            )
            for row in newest
        ),
    )


def month(staff: Staff) -> Block | None:
    """Return what was taken this month."""
    if not staff.may(Permission.LEDGER_READ):
        return None
    today = court_today()
    first, last = today.replace(day=1), _end(today)
    taken = sums(Wanted(CASH_ACCOUNTS, first, last, EVENTS[Kind.RECEIPTS]))
    if not taken.debit_entries:
        return None
    days: dict[str, Any] = {"from": f"{first:%m/%d/%Y}", "to": f"{last:%m/%d/%Y}"}
    return Block(
        title=_("Receipts since {day}", day=day(first)),
        count=taken.debit_entries,
        link=url_for("fund.register.show", account=CASH, kind=Kind.RECEIPTS.value, **days),
        note=str(taken.debits),
    )


def _end(day_: date) -> date:
    return day_.replace(day=calendar.monthrange(day_.year, day_.month)[1])
