"""Make the records that the lines of an old list stand for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.codes import ReferralSource
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.services import note
from diversion.enrollments.lifecycle import services as lifecycle
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals import services as referrals
from diversion.fees import imported as fees
from diversion.fees.assessments.services import assess_before_books
from diversion.fees.receipts.services import Payment
from diversion.ledger.commands import Mode
from diversion.participants import services as participants
from diversion.participants.models import Participant
from diversion.partners.agencies import queries as agencies
from diversion.partners.agencies.models import Organization, OrganizationKind
from diversion.partners.agencies.services import Listing, add_organization
from diversion.sbad.attendance import certifying
from diversion.sbad.attendance.rules import Presence
from diversion.sbad.classes import services as class_days
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.imports.payments import PaidBy
from diversion.sbad.imports.reading import Line, identity_of
from diversion.sbad.imports.rules import Attended, Entry
from diversion.sbad.rosters import services as rosters
from diversion.sbad.rosters.models import Accommodation, Registration
from diversion.staff.models import Staff

METHODS = {
    PaidBy.CARD: Mode.CARD,
    PaidBy.CASH: Mode.CASH,
    PaidBy.CHECK: Mode.CHECK,
    PaidBy.MONEY_ORDER: Mode.MONEY_ORDER,
}
MARKS = {
    Attended.ABSENT: Presence.ABSENT,
    Attended.EXCUSED: Presence.EXCUSED,
    Attended.HERE: Presence.HERE,
}


@dataclass(frozen=True)
class Made:
    """A line and the enrollment that was made from it."""

    entry: Entry
    enrollment: Enrollment


class PeopleMaker:
    """Takes over the lines of one run and remembers each row that it makes."""

    def __init__(self, run: ImportRun, *, by: Staff, today: date, now: datetime) -> None:
        self.run, self.by, self.today, self.now = run, by, today, now
        self.agencies: dict[str, Organization] = {}
        self.payments = count(1)

    def make(self, lines: Iterable[Line]) -> None:
        """Make everybody, then the class days that they share."""
        made = [self._person(line) for line in lines if line.entry is not None]
        by_day: dict[date, list[Made]] = {}
        for each in made:
            if each.entry.class_on is not None:
                by_day.setdefault(each.entry.class_on, []).append(each)
        for day, people in sorted(by_day.items()):
            self._class_day(day, people)

    def _person(self, line: Line) -> Made:
        entry = line.entry
        assert entry is not None  # noqa: S101 (the caller left the others out)
        person = participants.register(
            Track.SBAD, identity_of(entry), language=entry.language, by=self.by, on=self.today
        )
        note(self.run, "participant", person.id)
        entered_on = entry.cited_on or entry.class_on or self.today
        referral = referrals.take_over(
            person, source=ReferralSource.POLICE, agency=self._agency(entry.agency),
            referred_on=entered_on, by=self.by,
        )  # fmt: skip
        note(self.run, "referral", referral.id)
        enrollment = lifecycle.take_over(
            person, entered_on=min(entered_on, self.today), referral=referral, by=self.by,
            on=self.today,
        )  # fmt: skip
        note(self.run, "enrollment", enrollment.id)
        if entry.fee:
            self._money(line, person, enrollment, entry.fee)
        return Made(entry, enrollment)

    def _money(self, line: Line, person: Participant, enrollment: Enrollment, fee: Money) -> None:
        """Charge the fee and take over its payments, dated as the file has them (E01, E41)."""
        assert line.entry is not None  # noqa: S101 (the caller has one)
        charged_on = min([enrollment.entered_on, *(p.paid_on for p in line.entry.payments)])
        obligation = assess_before_books(enrollment, fee, on=charged_on, by=self.by, now=self.now)
        note(self.run, "obligation", obligation.id)
        for old in line.entry.payments:
            receipt = fees.receive_before_books(
                person,
                Payment(amount=old.amount, mode=METHODS[old.paid_by], reference=old.reference),
                key=f"import:{self.run.handle}:{next(self.payments)}",
                on=old.paid_on,
                by=self.by,
                now=self.now,
            )
            note(self.run, "receipt", receipt.id)

    def _agency(self, name: str) -> Organization | None:
        """Return the agency of that name; one that is not known yet is added, unlisted."""
        if not name:
            return None
        if name not in self.agencies:
            self.agencies[name] = agencies.organization_named(name) or add_organization(
                Listing(name=name, kind=OrganizationKind.POLICE, listed=False), by=self.by
            )
        return self.agencies[name]

    def _class_day(self, day: date, people: list[Made]) -> None:
        """Make a class day with its registrations; certify it if every mark is known."""
        session = class_days.take_over(
            class_days.usual_course(by=self.by), day, capacity=max(len(people), 30), by=self.by
        )
        note(self.run, "class_session", session.id)
        marks = []
        for each in people:
            row = self._registration(session, each)
            if each.entry.attended is not None:
                marks.append((row, MARKS[each.entry.attended]))
        if marks:
            certifying.take_over(
                marks, session, whole=len(marks) == len(people), by=self.by, now=self.now
            )

    def _registration(self, session: ClassSession, each: Made) -> Registration:
        need = Accommodation.INTERPRETER if each.entry.interpreter else Accommodation.NONE
        row = rosters.take_over(
            session, each.enrollment, accommodation=need, by=self.by, now=self.now
        )
        note(self.run, "registration", row.id)
        return row
