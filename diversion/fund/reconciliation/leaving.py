"""Take a statement back that was brought wrongly, before anything was posted on it."""

from datetime import datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.fund.reconciliation import queries
from diversion.fund.reconciliation.models import (
    BankPaper,
    BankStatement,
    BankStatementBack,
    BankUnmatch,
    PaperKind,
    WhyBack,
)
from diversion.fund.reconciliation.queries import Standing, State
from diversion.ledger import services as books
from diversion.staff.models import Staff


class BackAlready(Refused):
    """A statement is taken back once."""

    sentence = _("This statement was taken back already.")


class BuiltUpon(Refused):
    """What was posted on a line, or waits for a second person, is undone first."""

    sentence = _(
        "{posted} lines were posted and {waiting} wait for a second person. Take those matches "
        "back first, or withdraw them."
    )


def obstacles(statement: BankStatement) -> tuple[int, int]:
    """Return how many lines were posted, and how many wait for a second person."""
    standing = _standing(statement).values()
    posted = sum(any(entry.posted for entry in each.entries) for each in standing)
    return posted, sum(each.state is State.WAITING for each in standing)


def take_back(
    statement: BankStatement, why: WhyBack, *, by: Staff, now: datetime
) -> BankStatementBack:
    """Let a statement count no more; its lines stay to be read, their matches are undone.

    Raises BackAlready, BuiltUpon.
    """
    books.hold()
    if queries.back_of(statement.id) is not None:
        raise BackAlready
    posted, waiting = obstacles(statement)
    if posted or waiting:
        raise BuiltUpon(_(BuiltUpon.sentence.text, posted=posted, waiting=waiting))
    paper = BankPaper(kind=PaperKind.STATEMENT, asked_by_id=by.id, asked_at=now)
    db.session.add(paper)
    db.session.flush()
    matches = [each.match for each in _standing(statement).values() if each.match is not None]
    db.session.add_all(
        BankUnmatch(match_id=match.id, paper_id=paper.id, unmatched_at=now) for match in matches
    )
    made = BankStatementBack(statement_id=statement.id, paper_id=paper.id, reason=why)
    db.session.add(made)
    db.session.flush()
    record(Act.BANK_STATEMENT_TAKEN_BACK, f"statement:{statement.handle}", by=by,
           reason=why.value, matches=len(matches))  # fmt: skip
    return made


def _standing(statement: BankStatement) -> dict[int, Standing]:
    return queries.standings([line.id for line in queries.lines_of(statement.id)])
