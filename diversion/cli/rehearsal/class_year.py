"""Play a year of the class: referrals, agreements, fees, class days and their rolls."""

import uuid
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial

from diversion.cli.rehearsal import money, names, people
from diversion.cli.rehearsal.people import Newcomer
from diversion.cli.rehearsal.stage import Stage
from diversion.core.tracks import Track
from diversion.enrollments.lifecycle.services import activate
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.services import decline
from diversion.fees.assessments.services import assess
from diversion.fees.clearance import cleared
from diversion.partners.agencies.models import Organization
from diversion.partners.venues.models import Place
from diversion.sbad.attendance import certifying
from diversion.sbad.attendance import services as attendance
from diversion.sbad.attendance.rules import Mark, Presence
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.models import ClassSession, Course
from diversion.sbad.classes.services import Plan
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters import services as roster
from diversion.staff.models import Staff

MODULES = (
    ("Health and the law", 90),
    ("What it does to people", 90),
    ("The neighborhood", 75),
    ("What comes next", 75),
)
STARTS, ENDS = time(9), time(16)
SEATS = 30
EVERY = timedelta(weeks=6)
PLANNED_AHEAD = timedelta(weeks=12)
CLASSES_BEFORE = 8
CLASSES_AHEAD = 2
MARKS = (Presence.HERE,) * 12 + (Presence.LATE, Presence.ABSENT)


@dataclass
class ClassYear:
    """What the year knows on its way."""

    stage: Stage
    coordinator: Staff
    instructors: tuple[Staff, Staff]
    clerk: Staff
    agency: Organization
    room: Place
    course: Course | None = None
    days: list[ClassSession] = field(default_factory=list)
    newcomers: int = 0

    def plan(self) -> None:
        """Put class days and referrals on the stage; one class day is today."""
        stage = self.stage
        stage.add(stage.first_day, time(8), self._make_course)
        for number in range(-CLASSES_BEFORE, CLASSES_AHEAD + 1):
            on = self._class_day(number)
            if on <= stage.first_day:
                continue
            made = max(stage.first_day, min(on, stage.today) - PLANNED_AHEAD)
            taught_by = self.instructors[0 if number >= 0 else number % 2]
            stage.add(made, time(8, 30), partial(self._make_day, on, taught_by))
            if on < stage.today:
                stage.add(on, time(16, 30), partial(self._teach, on))
        weeks = (stage.today - stage.first_day).days // 7 - 2
        for week in range(weeks):
            on = stage.first_day + timedelta(weeks=week, days=1)
            for _ in range(7 if week >= weeks - 5 else 1):
                stage.add(on, time(10), partial(self._arrive, on))
        stage.add(stage.today - timedelta(days=2), time(15), self._leave_open)
        stage.add(stage.today - timedelta(days=3), time(15), self._begin_uncharged)
        stage.add(stage.today - timedelta(days=1), time(16), self._excuse_ahead)

    def _class_day(self, number: int) -> date:
        """Return the Saturday of a past class; today for the one that is on now."""
        on = self.stage.today + EVERY * number
        return on if number == 0 else on + timedelta(days=(5 - on.weekday()) % 7 - 7)

    def _make_course(self) -> None:
        self.course = classes.add_course("Accountability class", MODULES, by=self.coordinator)

    def _make_day(self, on: date, instructor: Staff) -> None:
        assert self.course is not None  # noqa: S101 (made on the first morning)
        wanted = Plan(
            course=self.course, held_on=on, starts=STARTS, ends=ENDS, place=self.room,
            capacity=SEATS, language="en", instructors=[instructor],
        )  # fmt: skip
        made_on = max(self.stage.first_day, min(on, self.stage.today) - PLANNED_AHEAD)
        day = classes.plan(wanted, zone=self.stage.zone, by=self.coordinator, on=made_on)
        self.days.append(day)

    def _arrive(self, on: date) -> None:
        self.newcomers += 1
        first = names.ATTENDEES[self.newcomers % len(names.ATTENDEES)]
        newcomer = people.refer(
            self.stage, Track.SBAD, first, self.newcomers * 2 + 1, agency=self.agency,
            by=self.coordinator, on=on,
        )  # fmt: skip
        if self.newcomers % 17 == 0:
            return  # still waiting for a decision
        later = on + timedelta(days=4)
        self.stage.add(later, time(9), lambda: self._decide(newcomer, later))

    def _leave_open(self) -> None:
        """Leave an intake half way: the agreement is signed, the program has not begun."""
        on = self.stage.today - timedelta(days=2)
        self.newcomers += 1
        newcomer = people.refer(
            self.stage, Track.SBAD, names.ATTENDEES[0], self.newcomers * 2 + 1,
            agency=self.agency, by=self.coordinator, on=on,
        )  # fmt: skip
        people.decide(newcomer, by=self.coordinator, on=on)
        people.enroll(newcomer, by=self.coordinator, on=on)

    def _begin_uncharged(self) -> None:
        """Let somebody begin who came from another county and whom nobody charged yet."""
        on = self.stage.today - timedelta(days=3)
        self.newcomers += 1
        newcomer = people.refer(
            self.stage, Track.SBAD, names.ATTENDEES[1], self.newcomers * 2 + 1,
            agency=self.agency, by=self.coordinator, on=on,
        )  # fmt: skip
        people.decide(newcomer, by=self.coordinator, on=on)
        enrollment = people.enroll(newcomer, by=self.coordinator, on=on)
        activate(enrollment, fee_assessed=True, by=self.coordinator, on=on)

    def _excuse_ahead(self) -> None:
        """Excuse one person from today's class, who rang the office the day before."""
        day = next(each for each in self.days if each.held_on == self.stage.today)
        row = rosters.of_session(day.id)[0]
        now = self.stage.instant(self.stage.today - timedelta(days=1), time(16))
        attendance.excuse_ahead(row, f"excuse-{row.handle}-0", by=self.coordinator, now=now)

    def _decide(self, newcomer: Newcomer, on: date) -> None:
        barred = self.newcomers % 19 == 0
        people.decide(newcomer, eligible=not barred, barred=barred, by=self.coordinator, on=on)
        if barred:
            return
        if self.stage.random.random() < 0.04:
            decline(newcomer.referral, by=self.coordinator, on=on)
            return
        enrollment = people.enroll(newcomer, by=self.coordinator, on=on)
        assess(enrollment, by=self.coordinator, on=on, now=self.stage.instant(on, time(9)))
        activate(enrollment, fee_assessed=True, by=self.coordinator, on=on)
        money.plan_payments(self.stage, newcomer.participant, by=self.clerk, on=on)
        self.stage.add(
            on + timedelta(days=2), time(11), lambda: self._register(newcomer, enrollment)
        )

    def _register(self, newcomer: Newcomer, enrollment: Enrollment) -> None:
        on = newcomer.participant.registered_on + timedelta(days=6)
        day = next((day for day in self._days_after(on) if self._has_seat(day)), None)
        if day is None:
            return  # waits for the next class day to be made
        roster.register(
            day, [enrollment], cleared=cleared([newcomer.participant.id]),
            by=self.coordinator, now=self.stage.instant(on, time(11)),
        )  # fmt: skip

    def _days_after(self, on: date) -> list[ClassSession]:
        days = (day for day in self.days if day.held_on > on)
        return sorted(days, key=lambda day: day.held_on)

    def _has_seat(self, day: ClassSession) -> bool:
        return len(rosters.roster(day.id)) < day.capacity

    def _teach(self, on: date) -> None:
        """Mark everybody as an instructor would, and finish the class."""
        day = next(each for each in self.days if each.held_on == on)
        now = self.stage.instant(on, time(16, 30))
        instructor = self.instructors[0]
        marks = [
            Mark(
                op=str(uuid.UUID(int=self.stage.random.getrandbits(128))), registration=seat.handle,
                value=self.stage.random.choice(MARKS), marked_at=now, minutes=None,
                device="rehearsal",
            )
            for seat in rosters.roster(day.id)
        ]  # fmt: skip
        if marks:
            attendance.record(day, marks, by=instructor, on=on, now=now)
            certifying.finish(day, by=instructor, on=on, now=now)
