"""Ask for the people of a program as lists show them: light rows, no name."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.models import Enrollment
from diversion.enrollments.people.rules import DONE, LEFT, UNDER_WAY, Group
from diversion.enrollments.referrals.models import Referral
from diversion.participants.models import Participant

_ENROLLED = (
    select(func.max(Enrollment.id))
    .where(Enrollment.participant_id == Participant.id)
    .correlate(Participant)
    .scalar_subquery()
)
_REFERRED = (
    select(func.max(Referral.id))
    .where(Referral.participant_id == Participant.id)
    .correlate(Participant)
    .scalar_subquery()
)
_STATES = {Group.ACTIVE: UNDER_WAY, Group.DONE: DONE, Group.LEFT: LEFT}


def people(track: Track, scope: Select[Any]) -> Select[Any]:
    """Return the people of `scope` on one side, each with the latest enrollment and referral."""
    columns: list[Any] = [
        Participant.id, Participant.number, Participant.registered_on,
        Enrollment.id.label("enrollment_id"), Enrollment.state, Enrollment.closed_on,
        Enrollment.monitored_until_on, Referral.state.label("referral_state"),
    ]  # fmt: skip
    return (
        select(*columns)
        .select_from(Participant)
        .outerjoin(Enrollment, and_(Enrollment.id == _ENROLLED, Enrollment.track == track))
        .outerjoin(Referral, and_(Referral.id == _REFERRED, Referral.track == track))
        .where(Participant.track == track, Participant.id.in_(scope))
    )


def those(track: Track, scope: Select[Any], ids: Collection[int]) -> Sequence[Any]:
    """Return some people of `scope`, in no order."""
    if not ids:
        return []
    return db.session.execute(people(track, scope).where(Participant.id.in_(ids))).all()


def listed(track: Track, scope: Select[Any], group: Group) -> Select[Any]:
    """Return one group of people, those who came last first."""
    found = people(track, scope).order_by(Participant.registered_on.desc(), Participant.id.desc())
    if group in _STATES:
        return found.where(Enrollment.state.in_(_STATES[group]))
    if group is Group.INTAKE:
        return found.where(
            or_(Enrollment.id.is_(None), Enrollment.state == EnrollmentState.PENDING)
        )
    return found


def in_states(track: Track, scope: Select[Any], states: Collection[EnrollmentState]) -> Select[Any]:
    """Return the people whose latest enrollment is in one of these states, the oldest first."""
    found = people(track, scope).where(Enrollment.state.in_(states))
    return found.order_by(Enrollment.entered_on, Enrollment.id)
