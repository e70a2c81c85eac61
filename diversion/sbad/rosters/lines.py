"""Put names, marks and clearance beside the seats of a class day."""

from collections.abc import Collection
from typing import NamedTuple

from diversion.audit.models import Act
from diversion.core.errors import NotYours
from diversion.core.languages import NAMES
from diversion.core.tracks import Track
from diversion.fees.clearance import cleared
from diversion.participants import access
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import queries
from diversion.sbad.rosters.models import SEATED, Accommodation, Registration, RegistrationState
from diversion.sbad.rosters.queries import Seat
from diversion.staff.models import Staff


class Line(NamedTuple):
    """A person of a class day. `is_cleared` looks the same for paid, in a plan, and waived."""

    seat: Seat
    who: str
    full: str
    is_cleared: bool | None

    @property
    def handle(self) -> str:
        return self.seat.handle

    @property
    def language(self) -> str:
        """The language by name, unless it is English."""
        return "" if self.seat.language == "en" else NAMES.get(self.seat.language, "")

    @property
    def language_code(self) -> str:
        return self.seat.language

    @property
    def needs(self) -> Accommodation | None:
        need = self.seat.accommodation
        return None if need is Accommodation.NONE else need


def of_class(
    session: ClassSession,
    *,
    by: Staff,
    why: Act,
    states: Collection[RegistrationState] = SEATED,
    in_line: bool = False,
    fees: bool = True,
) -> list[Line]:
    """Return the people of a class day by name, or as they stand in line, within reach.

    Without `fees` nobody's clearance is looked up, and `is_cleared` is None.
    Inside `with reading():`; the number of statements does not grow with the people.
    """
    seats = queries.roster(session.id, states=states)
    ids = [seat.participant_id for seat in seats]
    names = access.open_names(ids, Track.SBAD, by=by, why=why, about=f"class:{session.handle}")
    ready = cleared(ids) if ids and fees else set()
    seen = [
        (() if in_line else names[seat.participant_id].sorted_by, place, seat)
        for place, seat in enumerate(seats)
        if seat.participant_id in names
    ]
    return [
        Line(
            seat, names[seat.participant_id].short, names[seat.participant_id].shown,
            seat.participant_id in ready if fees else None,
        )
        for _sorted_by, _place, seat in sorted(seen, key=lambda each: each[:2])
    ]  # fmt: skip


def one(session: ClassSession, row: Registration, *, by: Staff, why: Act) -> Line:
    """Return one person of a class day. Inside `with reading():`. Raises NotYours."""
    states = frozenset({*SEATED, row.state})
    lines = of_class(session, by=by, why=why, states=states)
    found = [line for line in lines if line.seat.id == row.id]
    if not found:
        raise NotYours
    return found[0]
