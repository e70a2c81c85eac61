"""Write the rows of a list into the program, and take them back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from diversion.community_court.appearances import services as appearances
from diversion.community_court.appearances.models import Setting
from diversion.community_court.appearances.places import DayFull
from diversion.community_court.counseling import services as counseling
from diversion.community_court.counseling.models import CounselingReferral
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.dockets.models import Docket
from diversion.community_court.dockets.rules import CourtClosed
from diversion.community_court.dockets.services import make
from diversion.community_court.imports.rules import Entry
from diversion.community_court.mentors import services as mentors
from diversion.community_court.mentors.models import EndReason, MentorMatch
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.services import Undo, note
from diversion.enrollments.lifecycle import services as lifecycle
from diversion.enrollments.models import Enrollment
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.participants.queries import with_id
from diversion.participants.services import register, take_back
from diversion.partners.agencies import queries as agencies
from diversion.partners.agencies import services as agency_services
from diversion.partners.agencies.models import Member, MemberKind, Organization, OrganizationKind
from diversion.partners.agencies.services import Listing
from diversion.partners.venues import queries as venues
from diversion.partners.venues.models import Place
from diversion.partners.venues.rules import PlaceNotFree
from diversion.partners.venues.services import add_place
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT
USUAL_HOURS = (time(9), time(12))
NO_ROOM_YET = ("Room to be named", "Courthouse")


@dataclass
class Writer:
    """Writes entries one by one; `counts` says what else came of it."""

    run: ImportRun
    zone: str
    by: Staff
    on: date
    now: datetime
    counts: Counter[str] = field(default_factory=Counter)

    def write(self, entry: Entry, identity: Identity) -> Participant:
        """Register a person with program, mentor, counselor, sessions and next date."""
        person = register(TRACK, identity, language=entry.language, by=self.by, on=self.on)
        note(self.run, "participant", person.id)
        enrollment = lifecycle.take_over(
            person, entered_on=entry.entered_on, exit_code=entry.exit_code,
            closed_on=entry.closed_on, by=self.by, on=self.on,
        )  # fmt: skip
        note(self.run, "enrollment", enrollment.id)
        if entry.is_dismissed:
            lifecycle.dismiss(enrollment, by=self.by, on=entry.closed_on or self.on)
        if entry.sessions:
            add_evidence(
                enrollment.id, ConditionKind.COUNSELING, quantity=entry.sessions,
                source=f"import:{self.run.handle}", happened_on=entry.closed_on or self.on,
                by=self.by,
            )  # fmt: skip
        self._mentor(person, entry)
        self._counselor(person, entry)
        self._next_date(person, entry)
        return person

    def _mentor(self, person: Participant, entry: Entry) -> None:
        if not entry.mentor:
            return
        mentor = agencies.member_named(MemberKind.MENTOR, entry.mentor) or self._new(entry.mentor)
        match = mentors.match(person, mentor, is_on_record=True, by=self.by, on=entry.entered_on)
        note(self.run, "match", match.id)
        if entry.closed_on is not None:
            mentors.end(match, EndReason.LEFT_PROGRAM, by=self.by, on=entry.closed_on)

    def _new(self, name: str) -> Member:
        return agency_services.add_member(MemberKind.MENTOR, name, by=self.by, on=self.on)

    def _counselor(self, person: Participant, entry: Entry) -> None:
        if not entry.counselor:
            return
        referral = counseling.refer(
            person, self._provider(entry.counselor), by=self.by, on=entry.entered_on
        )
        note(self.run, "counseling", referral.id)
        if entry.closed_on is not None:
            counseling.end(referral, by=self.by, on=entry.closed_on)

    def _provider(self, name: str) -> Organization:
        there = agencies.organization_named(name)
        listing = Listing(name=name, kind=OrganizationKind.COUNSELING, listed=False)
        return there or agency_services.add_organization(listing, by=self.by)

    def _next_date(self, person: Participant, entry: Entry) -> None:
        """Put the person on the docket of that day; who can't be is left without a next date."""
        if entry.next_on is None or entry.next_on < self.on or entry.exit_code is not None:
            return
        try:
            docket = self._docket(entry.next_on)
            (made,) = appearances.put_on(docket, [person.id], by=self.by, now=self.now)
        except (CourtClosed, DayFull, PlaceNotFree):
            self.counts["without_date"] += 1
        else:
            note(self.run, "setting", made.id)

    def _docket(self, held_on: date) -> Docket:
        there = dockets.on_day(held_on)
        if there:
            return there[0]
        usual = dockets.latest()
        starts, ends = (usual.starts, usual.ends) if usual else USUAL_HOURS
        self.counts["docket_days"] += 1
        return make(
            held_on, starts, ends, place=usual.place if usual else self._room(), zone=self.zone,
            judge=usual.judge if usual else "", by=self.by,
        )  # fmt: skip

    def _room(self) -> Place:
        return venues.place_named(*NO_ROOM_YET) or add_place(*NO_ROOM_YET, by=self.by)


@dataclass(frozen=True)
class Taker:
    """Takes back what a writer wrote, kind by kind."""

    by: Staff
    on: date
    now: datetime

    def undoers(self) -> Mapping[str, Undo]:
        """Return the function for each kind, in the order in which they have to run."""
        return {
            "setting": self._settings,
            "match": self._matches,
            "counseling": self._counseling,
            "enrollment": self._enrollments,
            "participant": self._participants,
        }

    def _settings(self, ids: Sequence[int]) -> None:
        for each in ids:
            setting = db.session.get_one(Setting, each)
            if setting.vacated_at is None:
                appearances.vacate(setting, why="import_undone", by=self.by, now=self.now)

    def _matches(self, ids: Sequence[int]) -> None:
        for each in ids:
            match = db.session.get_one(MentorMatch, each)
            if match.ended_on is None:
                mentors.end(match, EndReason.IMPORT_UNDONE, by=self.by, on=self.on)

    def _counseling(self, ids: Sequence[int]) -> None:
        for each in ids:
            referral = db.session.get_one(CounselingReferral, each)
            if referral.ended_on is None:
                counseling.end(referral, by=self.by, on=self.on)

    def _enrollments(self, ids: Sequence[int]) -> None:
        for each in ids:
            lifecycle.take_back(db.session.get_one(Enrollment, each), by=self.by, on=self.on)

    def _participants(self, ids: Sequence[int]) -> None:
        for each in ids:
            take_back(with_id(each, Track.COMMUNITY_COURT), by=self.by)
