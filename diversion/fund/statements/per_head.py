"""Build the report of what a participant of the class brings in, and leaves for survivors."""

from typing import Any

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.suppression import LEAST_OF_CLASSES
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.core.workbooks.sheets import Kind
from diversion.enrollments.models import Enrollment
from diversion.fund.disclosure import people, queries, rules
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import reports

M = Kind.MONEY
COLUMNS = (
    Column(_("Of these days"), width=52), Column(_("Amount"), M),
    Column(_("Per participant who entered"), M, 26),
)  # fmt: skip
FEES, COSTS = (4010, 4020), (5040, 4090)
HIDDEN = _("not shown")


def per_participant(asked: Question) -> Report:
    """Return fees, what taking them cost, and the net, in all and by who entered the class.

    What the office itself costs is in no entry of these books. Sums alone: nobody is told
    apart, and what few people are behind is not shown.
    """
    wanted = asked.wanted
    days = (wanted.first, wanted.last)
    moved = queries.by_account(*days, up_to=wanted.up_to)
    spent = queries.spent(*days, up_to=wanted.up_to)
    paid = rules.outgo(spent, moved, people.behind).paid
    heads = entered(asked)
    fees, costs = (Money.total(moved.get(c, ZERO) for c in codes) for codes in (FEES, COSTS))
    net = fees + costs
    rows = [
        Row((_("Participants who entered: {count}", count=heads), None, None)),
        _row(_("Fees taken in, less what was returned and refunded"), fees, heads),
        _row(_("Cost of taking them: bank, processor, over and short"), costs, heads),
        _row(_("Net for survivors"), net, heads, strong=True),
        _row(_("Paid to organizations, agencies and survivors"), paid.amount, heads)
        if paid.is_shown
        else Row((_("Paid to organizations, agencies and survivors"), HIDDEN, HIDDEN)),
    ]
    books = -Money.total(reports.by_earmark(wanted, FEES + COSTS).values())
    return Report(COLUMNS, rows, ((_("Net, less the accounts by purpose"), net - books),))


def entered(asked: Question) -> int:
    """Return how many people entered the class program in these days."""
    query = select(func.count(Enrollment.participant_id.distinct())).where(
        Enrollment.track == Track.SBAD,
        Enrollment.entered_on.between(asked.wanted.first, asked.wanted.last),
    )
    return db.session.scalar(query) or 0


def _row(words: Sentence, amount: Money, heads: int, *, strong: bool = False) -> Row:
    share: Any = amount.shares(heads)[0] if heads >= LEAST_OF_CLASSES else HIDDEN
    return Row((words, amount, share), strong=strong)
