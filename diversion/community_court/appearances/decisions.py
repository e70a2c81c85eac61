"""Ask what the judge decided about those who did not appear, and which decision holds."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, exists, select
from sqlalchemy.orm import aliased

from diversion.community_court.appearances.models import Decision, MissedDecision, Outcome
from diversion.core.database import db
from diversion.core.errors import NotYours

_later = aliased(MissedDecision)


def holds() -> ColumnElement[bool]:
    """Return the condition that a decision was neither withdrawn nor comes before another."""
    replaced = exists().where(_later.replaces_id == MissedDecision.id).correlate(MissedDecision)
    return ~replaced & (MissedDecision.decision != Decision.WITHDRAWN)


def is_decided() -> ColumnElement[bool]:
    """Return the condition that a decision holds about an outcome."""
    return exists().where(MissedDecision.outcome_id == Outcome.id, holds()).correlate(Outcome)


def found(handle: str, scope: Select[int]) -> MissedDecision:
    row = db.session.scalars(
        select(MissedDecision).where(
            MissedDecision.handle == handle, MissedDecision.participant_id.in_(scope)
        )
    ).one_or_none()
    if row is None:
        raise NotYours
    return row


def on(outcome_id: int) -> list[MissedDecision]:
    """Return every row about an outcome, the last one last."""
    return list(
        db.session.scalars(
            select(MissedDecision)
            .where(MissedDecision.outcome_id == outcome_id)
            .order_by(MissedDecision.id)
        )
    )


def standing(outcome_id: int) -> MissedDecision | None:
    """Return the decision that holds about an outcome."""
    return next((row for row in on(outcome_id)[-1:] if row.why is None), None)


def latest(scope: Select[int], *, limit: int) -> list[Row[str, date, int, Decision, date]]:
    """Return the decisions that hold, the latest first: outcome, its day, person, what, when."""
    return list(
        db.session.execute(
            select(
                Outcome.handle, Outcome.happened_on, MissedDecision.participant_id,
                MissedDecision.decision, MissedDecision.decided_on,
            )
            .join(Outcome, Outcome.id == MissedDecision.outcome_id)
            .where(MissedDecision.participant_id.in_(scope), holds())
            .order_by(MissedDecision.id.desc())
            .limit(limit)
        )
    )  # fmt: skip


def of_person(participant_id: int) -> list[MissedDecision]:
    """Return every row about a person, withdrawn ones and their withdrawals included."""
    return list(
        db.session.scalars(
            select(MissedDecision)
            .where(MissedDecision.participant_id == participant_id)
            .order_by(MissedDecision.id)
        )
    )


def warrants(participant_ids: Collection[int]) -> dict[int, date]:
    """Return the people about whom a warrant stands, and since when."""
    rows = db.session.execute(
        select(MissedDecision.participant_id, MissedDecision.decided_on)
        .where(
            MissedDecision.participant_id.in_(participant_ids),
            MissedDecision.decision == Decision.WARRANT_ISSUED,
            holds(),
        )
        .order_by(MissedDecision.id)
    )
    return {row.participant_id: row.decided_on for row in rows}
