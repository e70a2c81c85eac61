"""Ask what the judge decided about those who did not appear, and which decision holds."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, select
from sqlalchemy.orm import aliased

from diversion.community_court.appearances.models import Decision, MissedDecision, Outcome
from diversion.core.among import among
from diversion.core.database import db, tuples
from diversion.core.finding import the_one

_later = aliased(MissedDecision)


def holds() -> ColumnElement[bool]:
    """Return the condition that a decision was neither withdrawn nor comes before another."""
    replaced = exists().where(_later.replaces_id == MissedDecision.id).correlate(MissedDecision)
    return ~replaced & (MissedDecision.decision != Decision.WITHDRAWN)


def is_decided() -> ColumnElement[bool]:
    """Return the condition that a decision holds about an outcome."""
    return exists().where(MissedDecision.outcome_id == Outcome.id, holds()).correlate(Outcome)


def found(handle: str, scope: Select[int]) -> MissedDecision:
    return the_one(
        select(MissedDecision).where(
            MissedDecision.handle == handle, MissedDecision.participant_id.in_(scope)
        )
    )


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
    return list(db.session.scalars(_OF_PERSON, {"participant_id": participant_id}))


_OF_PERSON = (
    select(MissedDecision)
    .where(MissedDecision.participant_id == bindparam("participant_id"))
    .order_by(MissedDecision.id)
)


def warrants(participant_ids: Collection[int]) -> dict[int, date]:
    """Return the people about whom a warrant stands, and since when."""
    found = tuples(_WARRANTS, {"ids": list(participant_ids)})
    return {row[0]: row[1] for row in found}


_WARRANTS = (
    select(MissedDecision.participant_id, MissedDecision.decided_on)
    .where(
        among(MissedDecision.participant_id),
        MissedDecision.decision == Decision.WARRANT_ISSUED,
        holds(),
    )
    .order_by(MissedDecision.id)
)
