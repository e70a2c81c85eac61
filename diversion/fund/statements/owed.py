"""Build the aging of what participants owe, by the day on which each part of it is due."""

from typing import Any

from diversion.core.money import Money
from diversion.core.words import _
from diversion.core.workbooks.sheets import Kind
from diversion.fees.aging.queries import AgedCharge, aging
from diversion.fees.aging.rules import Age
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import queries as ledger
from diversion.ledger import standing
from diversion.ledger.accounts import RECEIVABLE

M = Kind.MONEY
AGING = (
    Column(_("Participant"), width=14), Column(_("Charge"), width=22), Column(_("Assessed"), M),
    Column(_("Waived"), M), Column(_("Paid"), M), Column(_("Balance"), M),
    *(Column(age.words, M, 14) for age in Age), Column(_("Next due"), Kind.DAY, 12),
    Column(_("Last paid"), Kind.DAY, 12),
)  # fmt: skip


def aged(asked: Question) -> Report:
    """Return what is owed as of the last day and the last entry; people by number alone."""
    wanted = asked.wanted
    known_at = ledger.known_at(wanted.up_to)
    charges = aging(wanted.last, up_to=wanted.up_to, known_at=known_at)
    rows = [Row((x.number, x.label, *_sums(x), x.next_due, x.last_paid_on)) for x in charges]
    columns = [Money.total(_sums(x)[place] for x in charges) for place in range(4 + len(Age))]
    if rows:
        rows.append(Row((_("All"), "", *columns, None, None), strong=True))
    held = standing.on(wanted.last, accounts=(RECEIVABLE,), up_to=wanted.up_to)
    owed = Money(sum(line.cents for line in held))
    return Report(AGING, rows, ((_("Balance, less account 1200"), columns[3] - owed),))


def _sums(charge: AgedCharge) -> tuple[Any, ...]:
    ages = (amount for _age, amount in charge.aged.by_age)
    return charge.assessed, charge.given_up, charge.paid, charge.open, *ages
