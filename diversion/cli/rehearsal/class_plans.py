"""Plan the fictional county's next class days: drafts, small ones, one called off."""

from dataclasses import replace
from datetime import date, time, timedelta

from diversion.cli.rehearsal import names, people
from diversion.cli.rehearsal.class_year import ClassYear
from diversion.core import clock
from diversion.core.tracks import Track
from diversion.enrollments.lifecycle.services import activate
from diversion.enrollments.models import Enrollment
from diversion.fees.assessments.services import assess
from diversion.fees.clearance import cleared
from diversion.sbad.calendar.rules import Every, repeated
from diversion.sbad.calendar.services import close_registration, make_copies
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.courses.services import present
from diversion.sbad.rosters import services as roster

MORNING = time(8, 45)
FEW = 3
FIRST_PLACE = 299  # among the names, after those of the year
WEEK = timedelta(weeks=1)
LONG = timedelta(days=176)


class ClassPlans:
    """What the class coordinator planned in the last days."""

    def __init__(self, year: ClassYear) -> None:
        self.year, self.stage, self.by = year, year.stage, year.coordinator
        self.place = FIRST_PLACE

    def plan(self) -> None:
        """Put it on the stage, in the four days before today."""
        for before, act in (
            (4, self._repeat), (3, self._fill), (2, self._close), (1, self._call_off),
            (1, self._come_late), (1, self._present),
        ):  # fmt: skip
            self.stage.add(self.stage.today - timedelta(days=before), MORNING, act)

    def _repeat(self) -> None:
        last = self._last()
        days = repeated(last.held_on, Every.FOUR_WEEKS, 2)
        make_copies(last, days, zone=self.stage.zone, by=self.by, on=self.stage.today)

    def _present(self) -> None:
        for day in self.year.days:
            if day.held_on >= self.stage.today:
                first = day.course.modules[0]
                present(day, {first.id: "Wilma Overcast"}, by=self.by, on=self.stage.today)

    def _close(self) -> None:
        day = self._small(17)
        self._seat(day, 1)
        close_registration(day, by=self.by)

    def _call_off(self) -> None:
        day = self._small(24)
        self._seat(day, FEW)
        classes.call_off(day, by=self.by, now=self.stage.instant(self.stage.today, MORNING))

    def _fill(self) -> None:
        day = self._small(10)
        self._seat(day, FEW)
        self._seat(day, 2, waiting=True)

    def _come_late(self) -> None:
        """Take in a file that lay elsewhere: its last day comes before the next free seat."""
        self._enrolled(self.stage.today - LONG)

    def _enrolled(self, on: date) -> Enrollment:
        """Enroll somebody new, as of a day."""
        self.place, on = self.place + 2, max(on, self.stage.first_day)
        first = names.ATTENDEES[self.place % len(names.ATTENDEES)]
        newcomer = people.refer(
            self.stage, Track.SBAD, first, self.place, agency=self.year.agency, by=self.by, on=on
        )
        people.decide(newcomer, by=self.by, on=on)
        enrollment = people.enroll(newcomer, by=self.by, on=on)
        assess(enrollment, by=self.by, on=clock.today(self.stage.zone), now=clock.now())
        return activate(enrollment, fee_assessed=True, by=self.by, on=on)

    def _last(self) -> ClassSession:
        return max(self.year.days, key=lambda day: day.held_on)

    def _small(self, ahead: int) -> ClassSession:
        on = self.stage.today
        wanted = replace(
            classes.planned(self._last()), held_on=on + timedelta(days=ahead), capacity=FEW
        )
        return classes.plan(wanted, zone=self.stage.zone, by=self.by, on=on)

    def _seat(self, day: ClassSession, count: int, *, waiting: bool = False) -> None:
        """Register people who came in this week."""
        came = [self._enrolled(self.stage.today - WEEK) for _ in range(count)]
        ready = cleared([each.participant_id for each in came])
        now = self.stage.instant(self.stage.today - timedelta(days=1), MORNING)
        roster.register(day, came, cleared=ready, waiting=waiting, by=self.by, now=now)
