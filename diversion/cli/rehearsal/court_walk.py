"""Let the people of Community Court be walked with: counseling hours and a mentor."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial

from diversion.cli.rehearsal.people import Newcomer
from diversion.cli.rehearsal.stage import Stage
from diversion.community_court.mentors import services as mentors
from diversion.community_court.mentors.models import ContactKind
from diversion.enrollments import queries as enrollments
from diversion.enrollments.codes import ConditionKind, EnrollmentState
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.models import Enrollment
from diversion.partners.agencies.models import Member
from diversion.staff.models import Staff

SESSIONS = 12
KEPT = 0.8
EVENING = time(16)


@dataclass(frozen=True)
class Walk:
    """Who walks with people, and on which stage."""

    stage: Stage
    coordinator: Staff
    mentor_staff: Staff
    mentors: tuple[Member, ...]

    def begin(self, newcomer: Newcomer, enrollment: Enrollment, on: date) -> None:
        """Put a person's counseling hours and mentor meetings on the stage."""
        mentor = self.stage.random.choice(self.mentors)
        mentors.match(newcomer.participant, mentor, by=self.coordinator, on=on)
        by = self.mentor_staff if mentor.staff_id == self.mentor_staff.id else self.coordinator
        for week in range(2, 14, 3):
            when = on + timedelta(weeks=week)
            self.stage.add(when, EVENING, partial(self._meet, newcomer, by, when))
        for session in range(SESSIONS):
            when = on + timedelta(days=9 + 9 * session)
            if self.stage.random.random() < KEPT:
                self.stage.add(when, EVENING, partial(self._attend, enrollment, when))

    def _meet(self, newcomer: Newcomer, by: Staff, on: date) -> None:
        made = self.stage.random.random() < KEPT
        mentors.log_contact(
            newcomer.participant, ContactKind.MEETING if made else ContactKind.CALL, made=made,
            happened_on=on, minutes=45 if made else 0, next_on=on + timedelta(days=14), by=by,
            on=on, now=self.stage.instant(on, EVENING),
        )  # fmt: skip

    def _attend(self, enrollment: Enrollment, on: date) -> None:
        if enrollment.is_open:
            add_evidence(
                enrollment.id, ConditionKind.COUNSELING, source=f"counseling:{on.isoformat()}",
                happened_on=on, by=self.coordinator,
            )  # fmt: skip


def is_ready(participant_id: int) -> bool:
    """Say whether nothing is missing any more."""
    enrollment = enrollments.latest_of(participant_id)
    return enrollment is not None and enrollment.state is EnrollmentState.REQUIREMENTS_MET
