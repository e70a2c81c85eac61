"""Make docket days and put fictional people on them."""

from datetime import UTC, date, datetime, time
from itertools import count

from sqlalchemy import select

from diversion.community_court.appearances import services as appearances
from diversion.community_court.appearances.models import Outcome, Setting
from diversion.community_court.dockets import services as dockets
from diversion.community_court.dockets.models import Docket
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant
from diversion.partners.venues.models import Place
from diversion.staff.models import Staff
from tests.factories.enrollments import make_enrollment
from tests.factories.participants import make_participant
from tests.factories.partners import make_place

ZONE = "America/Los_Angeles"
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
DAY = date(2026, 12, 1)
ENTERED = date(2026, 9, 1)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_numbers = count(1)


def make_docket(
    by: Staff,
    held_on: date = DAY,
    starts: time = time(9),
    ends: time = time(12),
    *,
    place: Place | None = None,
    capacity: int = 20,
) -> Docket:
    return dockets.make(
        held_on, starts, ends, place=place or make_place(by), zone=ZONE, judge="A. Okafor",
        capacity=capacity, by=by,
    )  # fmt: skip


def make_person(by: Staff, first: str = "Wren", last: str = "Alder") -> Participant:
    return make_participant(Track.COMMUNITY_COURT, first, last, by=by)


def make_people(by: Staff, number: int, *, enrolled: bool = True) -> list[Participant]:
    """Register so many people, each with a last name of their own."""
    made = []
    for _each in range(number):
        place = next(_numbers)
        letters = _LETTERS[place // 26 % 26] + _LETTERS[place % 26].lower()
        person = make_person(by, "Marisol", f"Quill{letters}")
        if enrolled:
            make_enrollment(person, by, ENTERED)
        made.append(person)
    return made


def make_setting(by: Staff, docket: Docket, person: Participant | None = None) -> Setting:
    person = person or make_person(by)
    (made,) = appearances.put_on(docket, [person.id], by=by, now=NOW)
    return made


def enrolled(by: Staff) -> tuple[Participant, Enrollment]:
    person = make_person(by)
    return person, make_enrollment(person, by, ENTERED)


def history(setting: Setting) -> list[Outcome]:
    """Return every outcome row of a setting, corrections included."""
    rows = select(Outcome).where(Outcome.setting_id == setting.id).order_by(Outcome.id)
    return list(db.session.scalars(rows))
