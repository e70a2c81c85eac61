"""Play a year of Community Court: newcomers, dockets every second Tuesday, mentors."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial

from diversion.cli.rehearsal import names, people
from diversion.cli.rehearsal.court_walk import Walk, is_ready
from diversion.cli.rehearsal.people import Newcomer
from diversion.cli.rehearsal.stage import Stage
from diversion.community_court.appearances import deciding, queries, services
from diversion.community_court.appearances.models import (
    Decision,
    Outcome,
    Presence,
    Reason,
    Response,
    Result,
    Setting,
    SettingKind,
)
from diversion.community_court.appearances.rules import Said
from diversion.community_court.dockets import services as dockets
from diversion.community_court.dockets.models import Docket
from diversion.community_court.resources.services import seed
from diversion.core.tracks import Track
from diversion.enrollments.lifecycle.services import activate
from diversion.enrollments.terms.queries import closed_days
from diversion.participants.access import visible_to
from diversion.partners.agencies.models import Organization
from diversion.partners.venues.models import Place
from diversion.staff.models import Staff

EVERY = timedelta(days=14)
AHEAD = 5
LEFT_OPEN = 2  # people of the last docket whose outcome is still to be written down
NEWCOMERS_A_DOCKET = 2
STARTS, ENDS = time(9), time(12)
USUAL = (Result.CONTINUED,) * 9 + (Result.NEW_TERMS, Result.NOT_HERE, Result.NOT_REACHED)
NEEDS_DATE = frozenset({Result.CONTINUED, Result.NEW_TERMS, Result.NOT_REACHED})


@dataclass
class CourtYear:
    """What the year knows on its way: the stage, its people, and the docket days made."""

    stage: Stage
    coordinator: Staff
    walk: Walk
    agency: Organization
    room: Place
    days: list[Docket] = field(default_factory=list)
    newcomers: int = 0

    def plan(self) -> None:
        """Put the year's docket days and newcomers on the stage."""
        days = self._docket_days()
        self.stage.add(self.stage.first_day, time(8), lambda: self._make_days(days))
        for on in days:
            arrival = on - timedelta(days=10)
            if self.stage.first_day < arrival:
                self.stage.add(arrival, time(10), partial(self._arrivals, arrival))
            if on < self.stage.today:
                self.stage.add(on, time(12, 30), partial(self._hold, on))
        self.stage.add(self.stage.today - timedelta(days=2), time(15), self._leave_open)

    def _docket_days(self) -> list[date]:
        """Return every second Tuesday counted from the one after today, and today's own docket."""
        ahead = (1 - self.stage.today.weekday()) % 7 or 7
        last = self.stage.today + timedelta(days=ahead) + EVERY * (AHEAD - 1)
        days = []
        while last > self.stage.first_day + timedelta(days=10):
            days.append(last)
            last -= EVERY
        closed = closed_days(days[-1], days[0])
        return [day for day in reversed(days) if day not in closed]

    def _make_days(self, days: list[date]) -> None:
        seed(by=self.coordinator)
        for on in days:
            self.days.append(
                dockets.make(
                    on, STARTS, ENDS, place=self.room, zone=self.stage.zone, judge="A. Okonjo",
                    capacity=30, by=self.coordinator,
                )
            )  # fmt: skip

    def _arrivals(self, on: date) -> None:
        for _ in range(NEWCOMERS_A_DOCKET):
            self.newcomers += 1
            first = names.SURVIVORS[self.newcomers % len(names.SURVIVORS)]
            newcomer = people.refer(
                self.stage, Track.COMMUNITY_COURT, first, self.newcomers * 2,
                agency=self.agency, by=self.coordinator, on=on,
            )  # fmt: skip
            self.stage.add(on + timedelta(days=3), time(9), partial(self._enter, newcomer))

    def _leave_open(self) -> None:
        """Leave two intakes half way: one only referred, one signed and not begun."""
        on = self.stage.today - timedelta(days=2)
        for is_signed in (False, True):
            self.newcomers += 1
            newcomer = people.refer(
                self.stage, Track.COMMUNITY_COURT, names.SURVIVORS[int(is_signed)],
                self.newcomers * 2, agency=self.agency, by=self.coordinator, on=on,
            )  # fmt: skip
            if is_signed:
                people.decide(newcomer, by=self.coordinator, on=on)
                people.enroll(newcomer, by=self.coordinator, on=on)

    def _enter(self, newcomer: Newcomer) -> None:
        on = newcomer.participant.registered_on + timedelta(days=3)
        people.decide(newcomer, by=self.coordinator, on=on)
        enrollment = people.enroll(newcomer, by=self.coordinator, on=on)
        activate(enrollment, by=self.coordinator, on=on)
        day = self._next_after(on)
        services.put_on(
            day, [newcomer.participant.id], kind=SettingKind.ENTRY, by=self.coordinator,
            now=self.stage.instant(on, time(9)),
        )  # fmt: skip
        self.walk.begin(newcomer, enrollment, on)

    def _next_after(self, on: date, *, weeks: int = 0) -> Docket:
        return next(day for day in self.days if day.held_on >= on + timedelta(days=1 + 7 * weeks))

    def _hold(self, on: date) -> None:
        """Hear everybody on the list, then close the docket."""
        docket = next(day for day in self.days if day.held_on == on)
        now = self.stage.instant(on, time(12, 30))
        scope = visible_to(self.coordinator, Track.COMMUNITY_COURT)
        lines = queries.lines(docket.id, scope)
        is_last = on + EVERY >= self.stage.today
        for line in lines[: -LEFT_OPEN if is_last else None]:
            self._hear(queries.setting_for(line.handle, scope), on)
        if not is_last:
            dockets.end(docket, open_lines=0, by=self.coordinator, now=now)

    def _hear(self, setting: Setting, on: date) -> None:
        now = self.stage.instant(on, time(12, 30))
        done = is_ready(setting.participant_id)
        result = Result.DISMISSED if done else self.stage.random.choice(USUAL)
        gone = result is Result.NOT_HERE
        said = Said(
            result,
            presence=Presence.ABSENT_UNEXCUSED if gone else Presence.IN_PERSON,
            next_docket=self._next_after(on, weeks=3) if result in NEEDS_DATE else None,
            reason=Reason.COURT if result is Result.NOT_REACHED else None,
            response=None if gone else Response.CERTIFICATE if done else Response.PRAISE,
        )
        outcome = services.record(setting, said, by=self.coordinator, on=on, now=now)
        recent = on > self.stage.today - timedelta(days=30)
        if gone and not recent:
            self._decide_missed(setting, outcome, on)

    def _decide_missed(self, setting: Setting, outcome: Outcome, on: date) -> None:
        now = self.stage.instant(on, time(12, 30))
        deciding.decide(outcome, Decision.RESET, by=self.coordinator, on=on, now=now)
        services.put_on(
            self._next_after(on, weeks=1), [setting.participant_id], by=self.coordinator, now=now
        )
