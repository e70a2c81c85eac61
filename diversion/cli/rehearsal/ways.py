"""Let some of the class program's people be paused, excused, noticed, or leave."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlalchemy import select

from diversion.cli.rehearsal.finished import Finished
from diversion.cli.rehearsal.stage import Stage
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import (
    ConditionKind,
    EnrollmentState,
    ExitCode,
    Finding,
)
from diversion.enrollments.conditions.models import Condition, Evidence
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.lifecycle import endings, excusals, pauses, rules, services
from diversion.enrollments.lifecycle.models import Excusal
from diversion.enrollments.models import Enrollment
from diversion.fees.due_days import follow_pauses
from diversion.participants.assignments.models import Reason
from diversion.participants.assignments.services import assign
from diversion.participants.models import Participant
from diversion.sbad.certificates.queries import enrolled_in
from diversion.sbad.certificates.services import issue
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.rosters.models import Registration
from diversion.sbad.rosters.queries import roster
from diversion.sbad.rosters.waiting import give_all_back
from diversion.staff.models import Staff

LAST = time(0, 6)


class Ways:
    """What happened to a few of those who had not come to a class yet."""

    def __init__(self, stage: Stage, staff: dict[str, Staff]) -> None:
        self.stage, self.by, self.deputy = stage, staff["classes"], staff["deputy"]

    def plan(self) -> None:
        """Put it last on the stage, when everybody has come."""
        self.stage.add(self.stage.today, LAST, self._walk)

    def _walk(self) -> None:
        waiting = self._waiting()
        today, ago = self.stage.today, self._ago
        Finished(self.stage, self.by, self.deputy).walk()
        self._certify()
        if len(waiting) < 6:
            return
        ended, disputed, back, paused, granted, noticed = waiting[:6]
        pauses.suspend(paused, reason="treatment", by=self.by, on=self._since(paused, 2))
        pauses.suspend(back, reason="custody", by=self.by, on=self._since(back, 20))
        pauses.resume(back, by=self.by, on=self._since(back, 6))
        follow_pauses(back.id, by=self.by)
        self._ask(back, ago(2))
        excusals.decide(self._ask(granted, ago(2)), granted=True, by=self.deputy, on=ago(1))
        self._notice(noticed, self._since(noticed, 1))
        self._notice(disputed, self._since(disputed, 12))
        endings.dispute(
            disputed, hearing_on=today + timedelta(days=9), by=self.by, on=self._since(disputed, 8)
        )
        self._notice(ended, self._since(ended, 30))
        endings.find(ended, Finding.ENDED, by=self.deputy, on=self._since(ended, 2))
        for each in (back, paused, noticed):
            person = db.session.scalars(
                select(Participant).where(
                    Participant.id == each.participant_id, Participant.track == Track.SBAD
                )
            ).one()
            assign(self.deputy, person, reason=Reason.CASE, starts_on=ago(1), by=self.by)
        if len(waiting) > 6:
            services.close(waiting[6], exit_code=ExitCode.MOVED, by=self.by, on=ago(5))
        for each in (ended, *waiting[6:7]):
            give_all_back(each, by=self.by, on=today, now=self.stage.instant(today, LAST))

    def _certify(self) -> None:
        """Issue the certificates of the last class that was finished."""
        last = db.session.scalars(
            select(ClassSession.id)
            .where(ClassSession.state == ClassState.CERTIFIED)
            .order_by(ClassSession.held_on.desc())
        ).first()
        if last is not None:
            known = enrolled_in(last)
            wanted = {known[seat.participant_id]: seat.language for seat in roster(last)}
            issue(wanted, by=self.by, on=self._ago(1))

    def _notice(self, enrollment: Enrollment, on: date) -> None:
        grounds = rules.grounds(explain(enrollment))[0]
        endings.give_notice(enrollment, grounds=grounds, by=self.deputy, on=on)

    def _ask(self, enrollment: Enrollment, on: date) -> Excusal:
        condition = db.session.scalars(
            select(Condition).where(
                Condition.enrollment_id == enrollment.id, Condition.kind == ConditionKind.CLASS
            )
        ).one()
        return excusals.ask(enrollment, condition, reason="done_elsewhere", by=self.by, on=on)

    def _waiting(self) -> Sequence[Enrollment]:
        """Return whose class is undone and not today, then others, the first ones first."""
        today = (
            select(Registration.participant_id)
            .join(ClassSession, ClassSession.id == Registration.class_session_id)
            .where(ClassSession.held_on == self.stage.today)
        )
        done = select(Evidence.enrollment_id).where(Evidence.kind == ConditionKind.CLASS)
        return db.session.scalars(
            select(Enrollment)
            .where(Enrollment.track == Track.SBAD, Enrollment.state == EnrollmentState.ACTIVE)
            .where(Enrollment.participant_id.not_in(today))
            .order_by(Enrollment.id.in_(done), Enrollment.id)
        ).all()

    def _since(self, one: Enrollment, days: int) -> date:
        """Return a day so long ago, or the first of the program, if that is later."""
        return max(self._ago(days), one.active_on or self.stage.today)

    def _ago(self, days: int) -> date:
        return self.stage.today - timedelta(days=days)
