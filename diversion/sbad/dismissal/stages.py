"""Ask who waits for what: an end of a pause, a check, a sign-off, a dismissal, a setting aside."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from diversion.core.tracks import Track
from diversion.core.words import Worded, _
from diversion.enrollments.codes import EnrollmentState, RecordResult
from diversion.enrollments.dismissal.models import RecordCheck, SetAside
from diversion.enrollments.lifecycle.models import Excusal, Pause, TerminationNotice
from diversion.enrollments.lifecycle.rules import READY
from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant


class Stage(Worded):
    """What somebody waits for."""

    NOTICE = "notice", _("Notice given")
    EXCUSE = "excuse", _("Asked to excuse")
    PAUSED = "paused", _("Paused")
    WAIT = "wait", _("Waiting period")
    CHECK = "check", _("Record to be looked at")
    SIGN = "sign", _("To be signed off")
    DISMISS = "dismiss", _("Case to be dismissed")
    ASIDE = "aside", _("To be set aside")

    @classmethod
    def asked(cls, text: str) -> "Stage":
        return cls(text) if text in set(cls) else cls.CHECK


def _latest(day: Any, *stands: ColumnElement[bool]) -> ColumnElement[Any]:
    """Return the latest `day` of an enrollment's rows that still stand so."""
    of = day.class_.enrollment_id == Enrollment.id
    return select(func.max(day)).where(of, *stands).correlate(Enrollment).scalar_subquery()


STATES = {
    Stage.NOTICE: EnrollmentState.TERMINATION_PENDING,
    Stage.PAUSED: EnrollmentState.SUSPENDED,
    Stage.DISMISS: EnrollmentState.COMPLETED,
}
# By which day people wait; those who are left wait by the end of the period without arrest.
DAYS: dict[Stage, Any] = {
    Stage.NOTICE: _latest(TerminationNotice.given_on, TerminationNotice.finding.is_(None)),
    Stage.EXCUSE: _latest(Excusal.asked_on, Excusal.granted.is_(None)),
    Stage.PAUSED: _latest(Pause.began_on, Pause.ended_on.is_(None)),
    Stage.DISMISS: Enrollment.closed_on,
    Stage.ASIDE: SetAside.eligible_on,
}


def day_of(stage: Stage) -> Any:
    """Return the day that counts for a stage."""
    return DAYS.get(stage, Enrollment.monitored_until_on)


def waiting(stage: Stage, scope: Select[Any], on: date) -> Any:
    """Return the people of a stage, by the day that counts for it, the earliest first."""
    day = day_of(stage)
    return (
        select(Participant.id, Participant.number, Enrollment.state, day.label("day"))
        .select_from(Enrollment)
        .join(Participant, Participant.id == Enrollment.participant_id)
        .outerjoin(SetAside, SetAside.enrollment_id == Enrollment.id)
        .where(
            Enrollment.track == Track.SBAD,
            Participant.track == Track.SBAD,
            Participant.id.in_(scope),
            _in(stage, on),
        )
        .order_by(day, Enrollment.id)
    )


def _in(stage: Stage, on: date) -> ColumnElement[bool]:
    if stage in STATES:
        return Enrollment.state == STATES[stage]
    if stage is Stage.EXCUSE:
        asked: ColumnElement[bool] = DAYS[stage].is_not(None)
        return asked
    if stage is Stage.ASIDE:
        return and_(
            Enrollment.state == EnrollmentState.DISMISSED, SetAside.eligible_on.is_not(None),
            SetAside.confirmed_on.is_(None),
        )  # fmt: skip
    over = or_(Enrollment.monitored_until_on.is_(None), Enrollment.monitored_until_on <= on)
    ready = Enrollment.state.in_(READY)
    if stage is Stage.WAIT:
        return and_(ready, Enrollment.monitored_until_on > on)
    clear = _clear()
    return and_(ready, over, clear if stage is Stage.SIGN else ~clear)


def _clear() -> ColumnElement[bool]:
    """Say in SQL that the latest look since the end of the period found nothing."""
    later = RecordCheck.__table__.alias("later")
    return exists().where(
        RecordCheck.enrollment_id == Enrollment.id, RecordCheck.result == RecordResult.CLEAR,
        or_(
            Enrollment.monitored_until_on.is_(None),
            RecordCheck.checked_on >= Enrollment.monitored_until_on,
        ),
        ~exists().where(
            later.c.enrollment_id == RecordCheck.enrollment_id, later.c.id > RecordCheck.id
        ),
    )  # fmt: skip
