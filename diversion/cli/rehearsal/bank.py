"""Let the treasurer of the fictional county write a statement a month, and finance match it."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import partial

from sqlalchemy import select

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fund.deposits import queries as deposits
from diversion.fund.orders import payments
from diversion.fund.reconciliation import keeping, leaving, queries, services
from diversion.fund.reconciliation.models import BankStatement, Meaning, WhyBack
from diversion.fund.reconciliation.services import Choice
from diversion.fund.reconciliation.statement import Line, made
from diversion.staff.models import Staff

MORNING = time(9, 30)
INTEREST, CHARGE = Money(187), Money(-1200)
GIFT, BOUNCED = Money(50_000), Money(-15_000)
QUARTER = 3
CASHED_AFTER = 3  # days until a check comes to the bank


def plan_statements(stage: Stage, *, by: Staff) -> None:
    """Let the accountant bring each month's statement on the second day of the next."""
    first = stage.first_day.replace(day=1)
    while (following := _next(first)) + timedelta(days=1) <= stage.today:
        newest = _next(following) + timedelta(days=1) > stage.today
        on = following + timedelta(days=1)
        stage.add(on, MORNING, partial(_statement, by, first, on, newest))
        first = following


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _statement(by: Staff, first: date, on: date, newest: bool) -> None:
    """Bring the statement of a month, and confirm what is proposed of its lines."""
    lines = _lines(first, newest)
    if not lines:
        return
    content = f"{first}{len(lines)}".encode()
    statement, _new = keeping.bring(made(content, lines, today=on), by=by, now=clock.now())
    rows = queries.lines_of(statement.id)
    found = services.proposals(rows)
    chosen = [
        Choice(row, proposal.meaning, proposal.items)
        for row in rows
        if (proposal := found[row.id]).meaning is not None
    ]
    gifts = [choice for choice in chosen if choice.meaning is Meaning.TRANSFER_IN]
    for group in ([c for c in chosen if c not in gifts], gifts):
        if group:
            services.say(group, by=by, on=on, now=clock.now())


def _lines(first: date, newest: bool) -> Sequence[Line]:
    """Return what the bank took and gave in a month; deposits arrive on the day after."""
    last = _next(first) - timedelta(days=1)
    arrived = [
        (made_.deposited_on + timedelta(days=1), f"DEPOSIT {made_.number}", amount)
        for made_, amount in deposits.on_their_way()
        if first <= made_.deposited_on + timedelta(days=1) <= last
    ]
    if not arrived:
        return []
    shift = timedelta(days=CASHED_AFTER)
    cashed = [
        (paid.paid_on + shift, f"CHECK {paid.reference}", -paid.amount)
        for paid in payments.paid_between(first - shift, last - shift)
    ]
    told = [*arrived, *cashed, (last, "INTEREST EARNED", INTEREST)]
    if last.month % QUARTER == 0:
        told.append((last, "SERVICE CHARGE", CHARGE))
    if newest:
        told.append((last, "TRANSFER FROM COUNTY GENERAL", GIFT))
        told.append((last, "RETURNED ITEM CK 90210 NSF", BOUNCED))
    balance, lines = _balance(), []
    for on, words, amount in sorted(told, key=lambda each: each[0]):
        balance += amount
        check = _check_in(words)
        lines.append(Line(on, words, amount, check, balance=balance))
    return lines


def _check_in(words: str) -> str:
    if words.startswith("CHECK "):
        return words.split()[1]
    return words.split()[3] if words.startswith("RETURNED") else ""


def plan_strangers(stage: Stage, *, by: Staff) -> None:
    """Bring two files of another account yesterday: one is taken back, one nobody saw yet."""
    yesterday, on = (stage.today - timedelta(days=1), stage.today.replace(day=1))
    on -= timedelta(days=5)
    if on > stage.first_day + timedelta(days=75):  # once there are statements of ours
        stage.add(yesterday, time(17), partial(_strangers, by, on))


def _strangers(by: Staff, on: date) -> None:
    for days, words in ((0, "DEPOSIT PARKS FEES"), (1, "DEPOSIT ZONING FEES")):
        day, amount = on + timedelta(days=days), Money(31_000)
        lines = [Line(day, words, amount), Line(day, "TRANSFER TO GENERAL", -amount)]
        found = made(words.encode(), lines, today=clock.now().date())
        kept, _new = keeping.bring(found, by=by, now=clock.now())
        if not days:
            leaving.take_back(kept, WhyBack.OTHER_ACCOUNT, by=by, now=clock.now())


def _balance() -> Money:
    newest = select(BankStatement.closing).order_by(BankStatement.last_on.desc()).limit(1)
    return db.session.scalar(newest) or ZERO
