"""Plan the fictional county's next class days: drafts, small ones, one called off."""

from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy import select

from diversion.cli.rehearsal import names, people
from diversion.cli.rehearsal.class_year import ClassYear
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.lifecycle.services import take_over
from diversion.enrollments.models import Enrollment
from diversion.fees.clearance import cleared
from diversion.sbad.calendar.rules import Every, repeated
from diversion.sbad.calendar.services import close_registration, make_copies
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters import services as roster

MORNING = time(8, 45)
FEW = 3
LATE = 5  # among the names
LONG = timedelta(days=176)


class ClassPlans:
    """What the class coordinator planned in the last days."""

    def __init__(self, year: ClassYear) -> None:
        self.year, self.stage, self.by = year, year.stage, year.coordinator

    def plan(self) -> None:
        """Put it on the stage, in the four days before today."""
        for before, act in (
            (4, self._repeat), (3, self._fill), (2, self._close), (1, self._call_off),
            (1, self._come_late),
        ):  # fmt: skip
            self.stage.add(self.stage.today - timedelta(days=before), MORNING, act)

    def _repeat(self) -> None:
        last = self._last()
        days = repeated(last.held_on, Every.FOUR_WEEKS, 2)
        make_copies(last, days, zone=self.stage.zone, by=self.by, on=self.stage.today)

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
        on = max(self.stage.today - LONG, self.stage.first_day)
        first = names.ATTENDEES[LATE]
        newcomer = people.refer(
            self.stage, Track.SBAD, first, LATE, agency=self.year.agency, by=self.by, on=on
        )
        take_over(newcomer.participant, entered_on=on, by=self.by, on=on)

    def _last(self) -> ClassSession:
        return max(self.year.days, key=lambda day: day.held_on)

    def _small(self, ahead: int) -> ClassSession:
        on = self.stage.today
        wanted = replace(
            classes.planned(self._last()), held_on=on + timedelta(days=ahead), capacity=FEW
        )
        return classes.plan(wanted, zone=self.stage.zone, by=self.by, on=on)

    def _seat(self, day: ClassSession, count: int, *, waiting: bool = False) -> None:
        """Register the first who need a class."""
        needing = select(Enrollment).where(Enrollment.id.in_(rosters.without_class()))
        people = db.session.scalars(needing.order_by(Enrollment.id).limit(count)).unique().all()
        ready = cleared([each.participant_id for each in people])
        now = self.stage.instant(self.stage.today - timedelta(days=1), MORNING)
        roster.register(day, people, cleared=ready, waiting=waiting, by=self.by, now=now)
