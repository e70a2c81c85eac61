"""Keep the treasurer's statements: each file once, each line once."""

from datetime import datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.fund.reconciliation import queries, statement
from diversion.fund.reconciliation.models import BankLine, BankStatement
from diversion.fund.reconciliation.statement import Line, Statement
from diversion.ledger import services as books
from diversion.staff.models import Staff


class NothingNew(Refused):
    """A statement whose lines are all known brings nothing."""

    sentence = _("Every line of this file is here already. Nothing was added.")
    field = "file"


def fresh_lines(found: Statement) -> list[Line]:
    """Return the lines of a file that no earlier statement had; nothing is written."""
    known = queries.live_lines().order_by(None).order_by(BankLine.id)
    rows = db.session.scalars(
        known.where(BankLine.happened_on.between(found.first_on, found.last_on))
    )
    return statement.fresh(
        found.lines,
        [Line(r.happened_on, r.words, r.amount, r.check_number, r.reference, r.balance)
         for r in rows],
    )  # fmt: skip


def bring(found: Statement, *, by: Staff, now: datetime) -> tuple[BankStatement, bool]:
    """Keep a statement with its new lines; the same file again is the first one, unchanged.

    Raises NothingNew for another file all of whose lines are known.
    """
    books.hold()
    same = select(BankStatement).where(BankStatement.sha256 == found.sha256)
    earlier = db.session.scalars(same.order_by(BankStatement.turn.desc())).first()
    if earlier is not None and queries.back_of(earlier.id) is None:
        return earlier, False
    new = fresh_lines(found)
    if not new:
        raise NothingNew
    made = BankStatement(
        sha256=found.sha256, turn=earlier.turn + 1 if earlier else 1, first_on=found.first_on,
        last_on=found.last_on, opening=found.opening, closing=found.closing,
        brought_by_id=by.id, brought_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        BankLine(
            statement_id=made.id, place=place, happened_on=line.on, words=line.words,
            amount=line.amount, check_number=line.check_number, reference=line.reference,
            balance=line.balance,
        )
        for place, line in enumerate(new, 1)
    )  # fmt: skip
    db.session.flush()
    record(Act.BANK_STATEMENT_BROUGHT, f"statement:{made.handle}", by=by, lines=len(new))
    return made, True
