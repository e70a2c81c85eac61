"""Answer how the lines of statements stand: matched, waiting, or explained by nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fund.reconciliation.models import (
    BankLine,
    BankMatch,
    BankMatchEntry,
    BankMatchItem,
    BankPaper,
    BankStatement,
    BankStatementBack,
    BankUnmatch,
)
from diversion.staff.approvals import queries as approvals
from diversion.staff.approvals.models import Matter

Row = TypeVar("Row")


class State(StrEnum):
    """How a line of a statement stands."""

    HELD = "held"
    OPEN = "open"
    WAITING = "waiting"


@dataclass(frozen=True)
class Standing:
    """How a line stands, with the match that makes it so and the entries tied to it."""

    state: State
    match: BankMatch | None = None
    paper: BankPaper | None = None
    entries: tuple[BankMatchEntry, ...] = ()


OPEN = Standing(State.OPEN)


def statement(handle: str) -> BankStatement:
    """Return a statement by its handle. Raises NotYours."""
    return _one(select(BankStatement).where(BankStatement.handle == handle))


def line(handle: str) -> BankLine:
    """Return a line by its handle. Raises NotYours."""
    return _one(select(BankLine).where(BankLine.handle == handle))


def paper(handle: str) -> BankPaper:
    """Return a paper by its handle. Raises NotYours."""
    return _one(select(BankPaper).where(BankPaper.handle == handle))


def _one(query: Select[Row]) -> Row:
    return the_one(query)


def holds() -> ColumnElement[bool]:
    """Say of lines that their statement was not taken back."""
    return BankLine.statement_id.not_in(select(BankStatementBack.statement_id))


def live_lines() -> Select[BankLine]:
    """Return a query of the lines that count, by day."""
    return select(BankLine).where(holds()).order_by(BankLine.happened_on, BankLine.id)


def live_statements() -> Select[BankStatement]:
    """Return a query of the statements that count."""
    back = select(BankStatementBack.statement_id)
    return select(BankStatement).where(BankStatement.id.not_in(back))


def gone() -> set[int]:
    """Return the statements that were taken back."""
    return set(db.session.scalars(select(BankStatementBack.statement_id)))


def back_of(statement_id: int) -> BankStatementBack | None:
    return db.session.get(BankStatementBack, statement_id)


def statements() -> Sequence[Any]:
    """Return all statements, the newest first: BankStatement, lines, why it was taken back."""
    query = (
        select(BankStatement, func.count(BankLine.id), BankStatementBack.reason)
        .outerjoin(BankLine, BankLine.statement_id == BankStatement.id)
        .outerjoin(BankStatementBack, BankStatementBack.statement_id == BankStatement.id)
        .group_by(BankStatement.id, BankStatementBack.reason)
        .order_by(BankStatement.last_on.desc(), BankStatement.id.desc())
    )
    return db.session.execute(query).all()


def lines_of(statement_id: int) -> list[BankLine]:
    query = select(BankLine).where(BankLine.statement_id == statement_id)
    return list(db.session.scalars(query.order_by(BankLine.happened_on, BankLine.place)))


def standings(lines: Collection[int] | None = None) -> dict[int, Standing]:
    """Return how lines stand, by their key; what is not in it is open. Three statements."""
    query = select(BankMatch, BankPaper).join(BankPaper, BankPaper.id == BankMatch.paper_id)
    query = query.where(BankMatch.id.not_in(select(BankUnmatch.match_id)))
    if lines is not None:
        query = query.where(BankMatch.line_id.in_(lines))
    rows = db.session.execute(query.order_by(BankMatch.line_id, BankMatch.turn)).all()
    entries = entries_of([match.id for match, _paper in rows])
    waiting = waiting_papers()
    found: dict[int, Standing] = {}
    for match, paper_ in rows:
        if own := entries.get(match.id):
            found[match.line_id] = Standing(State.HELD, match, paper_, tuple(own))
        elif paper_.handle in waiting:
            found[match.line_id] = Standing(State.WAITING, match, paper_)
    return found


def entries_of(matches: Collection[int]) -> dict[int, list[BankMatchEntry]]:
    """Return the entries tied to matches, by match."""
    query = select(BankMatchEntry).where(BankMatchEntry.match_id.in_(matches))
    found: dict[int, list[BankMatchEntry]] = {}
    for row in db.session.scalars(query.order_by(BankMatchEntry.entry)):
        found.setdefault(row.match_id, []).append(row)
    return found


def waiting_papers() -> set[str]:
    """Return the handles of the papers that wait for a second person."""
    return {
        request.subject
        for request in db.session.scalars(approvals.waiting())
        if request.matter is Matter.BANK
    }


def items_of(matches: Collection[int]) -> dict[int, list[BankMatchItem]]:
    """Return what matches name, by match."""
    query = select(BankMatchItem).where(BankMatchItem.match_id.in_(matches))
    found: dict[int, list[BankMatchItem]] = {}
    for row in db.session.scalars(query.order_by(BankMatchItem.kind, BankMatchItem.item)):
        found.setdefault(row.match_id, []).append(row)
    return found


def matches_on(paper_: BankPaper) -> Sequence[tuple[BankMatch, BankLine]]:
    """Return what a paper asks for, by the day of the line."""
    query = select(BankMatch, BankLine).join(BankLine, BankLine.id == BankMatch.line_id)
    query = query.where(BankMatch.paper_id == paper_.id)
    rows = db.session.execute(query.order_by(BankLine.happened_on, BankLine.place))
    return [(row[0], row[1]) for row in rows]


def tied() -> Select[int]:
    """Return a query of the entries that a line of a statement is."""
    gone = select(BankUnmatch.match_id)
    return select(BankMatchEntry.entry).where(BankMatchEntry.match_id.not_in(gone))


def statement_of(line_: BankLine) -> BankStatement:
    return db.session.get_one(BankStatement, line_.statement_id)


def line_of(paper_: BankPaper) -> BankLine | None:
    """Return the line whose match a paper asks to take back."""
    return db.session.get(BankLine, paper_.line_id) if paper_.line_id is not None else None


def lines_at(entry: int) -> list[str]:
    """Return the handles of the lines that an entry is."""
    query = (
        select(BankLine.handle)
        .join(BankMatch, BankMatch.line_id == BankLine.id)
        .join(BankMatchEntry, BankMatchEntry.match_id == BankMatch.id)
        .where(BankMatchEntry.entry == entry)
        .where(BankMatch.id.not_in(select(BankUnmatch.match_id)))
    )
    return list(db.session.scalars(query.order_by(BankLine.id)))
