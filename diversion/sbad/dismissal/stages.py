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


def waiting(stage: Stage, scope: Select[Any], on: date) -> Any:
    """Return the people of a stage, by the day that counts for it, the earliest first."""
    day = {
        Stage.NOTICE: _noticed(),
        Stage.EXCUSE: _asked_on(),
        Stage.PAUSED: _paused_since(),
        Stage.DISMISS: Enrollment.closed_on,
        Stage.ASIDE: SetAside.eligible_on,
    }.get(stage, Enrollment.monitored_until_on)
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
    if stage is Stage.NOTICE:
        return Enrollment.state == EnrollmentState.TERMINATION_PENDING
    if stage is Stage.EXCUSE:
        asked: ColumnElement[bool] = _asked_on().is_not(None)
        return asked
    if stage is Stage.PAUSED:
        return Enrollment.state == EnrollmentState.SUSPENDED
    if stage is Stage.DISMISS:
        return Enrollment.state == EnrollmentState.COMPLETED
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


def _noticed() -> Any:
    return (
        select(func.max(TerminationNotice.given_on))
        .where(
            TerminationNotice.enrollment_id == Enrollment.id, TerminationNotice.finding.is_(None)
        )
        .correlate(Enrollment)
        .scalar_subquery()
    )  # fmt: skip


def _asked_on() -> Any:
    return (
        select(func.max(Excusal.asked_on))
        .where(Excusal.enrollment_id == Enrollment.id, Excusal.granted.is_(None))
        .correlate(Enrollment)
        .scalar_subquery()
    )


def _paused_since() -> Any:
    return (
        select(func.max(Pause.began_on))
        .where(Pause.enrollment_id == Enrollment.id, Pause.ended_on.is_(None))
        .correlate(Enrollment)
        .scalar_subquery()
    )


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
