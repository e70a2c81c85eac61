"""Write down what the judge decided about someone who did not appear, and withdraw it."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from diversion.audit.models import Act
from diversion.audit.services import record as audit
from diversion.community_court.appearances import decisions, queries
from diversion.community_court.appearances.models import (
    Decision,
    MissedDecision,
    Outcome,
    Result,
    Setting,
    Withdrawal,
)
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT


class NotOpen(Refused):
    """One decision at a time holds about someone who did not appear."""

    sentence = _("This question is not open any more.")


class NoticeNotLookedAt(Refused):
    """No warrant stands on a notice that never arrived, or on a slip of the hand."""

    sentence = _("Before a warrant, tick that the notice was sent and arrived.")
    field = "decision"


class NotStanding(Refused):
    """Only the decision that holds is withdrawn."""

    sentence = _("This decision does not hold any more.")
    field = "why"


class NotAWarrant(Refused):
    """The court recalls warrants; anything else was written down in error."""

    sentence = _("Only a warrant is recalled by the court.")
    field = "why"


def decide(
    outcome: Outcome, decision: Decision, *, notice_arrived: bool = False, by: Staff, on: date,
    now: datetime,
) -> MissedDecision:  # fmt: skip
    """Write down the judge's decision; a warrant asks that someone looked at the notice.

    Raises NotOpen, NoticeNotLookedAt.
    """
    if decision is Decision.WARRANT_ISSUED and not notice_arrived:
        raise NoticeNotLookedAt
    _lock(outcome)
    if outcome.result is not Result.NOT_HERE or not queries.is_standing(outcome):
        raise NotOpen
    earlier = decisions.on(outcome.id)[-1:]
    if decision is Decision.WITHDRAWN or any(row.why is None for row in earlier):
        raise NotOpen
    made = MissedDecision(
        outcome_id=outcome.id, participant_id=outcome.participant_id, track=TRACK,
        decision=decision, replaces_id=earlier[0].id if earlier else None, decided_on=on,
        recorded_at=now, recorded_by=by.id,
    )  # fmt: skip
    _add(made, NotOpen())
    audit(
        Act.MISSED_DECIDED, f"outcome:{outcome.handle}", by=by, track=TRACK, decision=decision.value
    )
    return made


def withdraw(
    standing: MissedDecision, why: Withdrawal, *, by: Staff, on: date, now: datetime
) -> MissedDecision:
    """Say by a further row that a decision does not hold; the question is open again.

    Raises NotStanding, NotAWarrant.
    """
    outcome = db.session.get_one(Outcome, standing.outcome_id)
    _lock(outcome)
    if decisions.standing(outcome.id) is not standing:
        raise NotStanding
    if why is Withdrawal.RECALLED_BY_COURT and standing.decision is not Decision.WARRANT_ISSUED:
        raise NotAWarrant
    made = MissedDecision(
        outcome_id=outcome.id, participant_id=outcome.participant_id, track=TRACK,
        decision=Decision.WITHDRAWN, why=why, replaces_id=standing.id, decided_on=on,
        recorded_at=now, recorded_by=by.id,
    )  # fmt: skip
    _add(made, NotStanding())
    audit(
        Act.MISSED_WITHDRAWN, f"outcome:{outcome.handle}", by=by, track=TRACK,
        decision=standing.decision.value, why=why.value,
    )  # fmt: skip
    return made


def _lock(outcome: Outcome) -> None:
    """Let decisions and corrections of the same line come one after the other."""
    queries.lock(db.session.get_one(Setting, outcome.setting_id))


def _add(made: MissedDecision, refusal: Refused) -> None:
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:
        # The database knows the rule too: one first row, and one after each.
        raise refusal from error
