"""Open the only door to a name: scope, then envelope, then the row in the log.

Everything here runs inside `with reading():` or `with transaction():`, so what
was opened is in the log before anything is shown.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Select, bindparam, false, or_, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.among import among
from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.participants import queries
from diversion.participants.assignments.queries import assigned_to, blocked_for
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.participants.queries import Sealed
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today

# Roles that work with everybody on their side; all others reach whom they are given.
# Source: security.md 5, rows S1 and B1 (those without `a`).
WHOLE_TRACK: Mapping[Role, Track] = {
    Role.COURT_COORDINATOR: Track.COMMUNITY_COURT,
    Role.FINANCE_APPROVER: Track.SBAD,
    Role.FINANCE_CLERK: Track.SBAD,
    Role.SBAD_COORDINATOR: Track.SBAD,
}


class Scope(Protocol):
    """An upper floor's answer to "whom does this work let this person reach?".

    The answer is kept for the day, so it follows from the number and the roles of whoever
    asks and from nothing else; what changes meanwhile stands in tables that it names.
    """

    def __call__(self, staff: Staff, track: Track) -> Select[int] | None: ...


scopes: list[Scope] = []
MOST_KEPT = 500


@dataclass(frozen=True)
class Opened:
    """A record whose envelope was opened for whoever asked."""

    participant: Participant
    identity: Identity


def visible_to(staff: Staff, track: Track) -> Select[int]:
    """Return the ids of the people whom `staff` may reach on one side, as a subquery.

    Coordinators and finance reach the whole side; others whom they are assigned, or
    whom a contributed scope adds. A conflict-of-interest block wins over all of it.
    """
    return _within(staff, track).everybody


def sealed_for(staff: Staff, track: Track) -> Sealed:
    """Return what fetches everything sealed within reach; the log is the caller's to write."""
    return _within(staff, track).whole


@dataclass(frozen=True)
class _Within:
    """What one person may reach, as statements.

    `some` waits for the ids that are asked for, `one` and `file` for a public number.
    """

    everybody: Select[int]
    whole: Sealed
    some: Sealed
    one: Select[Participant]
    file: Select[Participant, int, bytes, bytes]


# Statements and no rows: to put one together costs more than to run it.
_kept: dict[object, _Within] = {}


def _within(staff: Staff, track: Track) -> _Within:
    asked = staff.id, staff.roles, staff.tracks(), track, court_today(), tuple(scopes)
    if (found := _kept.get(asked)) is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        everybody = _everybody(staff, track)
        some = everybody.where(among(Participant.id))
        whole = queries.sealed_of(track, everybody)
        one = select(Participant).where(
            Participant.number == bindparam("number"),
            Participant.track == track,
            Participant.id.in_(everybody),
        )
        found = _kept[asked] = _Within(
            everybody, whole, queries.sealed_of(track, some), one, queries.file_of(one)
        )
    return found


def _everybody(staff: Staff, track: Track) -> Select[int]:
    people = queries.of_track(track)
    if track not in staff.tracks():
        return people.where(false())
    if not any(WHOLE_TRACK.get(role) is track for role in staff.roles):
        reached = [scope(staff, track) for scope in scopes]
        reached.append(assigned_to(staff, track, on=court_today()))
        people = people.where(or_(*(Participant.id.in_(ids) for ids in reached if ids is not None)))
    return people.where(Participant.id.not_in(blocked_for(staff, track)))


def find(number: str, track: Track, *, by: Staff) -> Participant:
    """Return the person without opening anything.

    Raises NotYours, the same whether the number is absent, on the other side, sealed or
    not within reach.
    """
    found = db.session.scalar(_within(by, track).one, {"number": number})
    if found is None:
        raise NotYours
    return found


def is_blocked(participant_id: int, track: Track, *, by: Staff) -> bool:
    """Say whether somebody must not see a person, whatever they may decide about."""
    theirs = blocked_for(by, track)
    query = select(Participant.id).where(Participant.id == participant_id)
    return db.session.scalar(query.where(Participant.id.in_(theirs))) is not None


def open_file(number: str, track: Track, *, by: Staff, why: Act) -> Opened:
    """Open one person's record and let the log say so. Raises NotYours."""
    found = db.session.execute(_within(by, track).file, {"number": number}).one_or_none()
    if found is None:
        raise NotYours
    participant, key_id, wrapped, sealed = found
    record(why, f"participant:{participant.number}", by=by, track=track)
    held = queries.held_in(participant, key_id, wrapped, sealed)
    return Opened(participant, Identity.from_held(held))


def open_names(
    ids: Collection[int], track: Track, *, by: Staff, why: Act, about: str = ""
) -> dict[int, Identity]:
    """Open the names of those of `ids` who are within reach; the rest is left out.

    One statement, and one row in the log that names every number shown. `about`
    names the list, such as `class:q8m4x2wkb7`.
    """
    if not ids:
        return {}
    people, objects = {}, [about] if about else []
    for person_id, number, held in queries.held_by(_within(by, track).some, track, ids=list(ids)):
        people[person_id] = Identity.from_held(held)
        objects.append(f"participant:{number}")
    if people:
        record(why, *objects, by=by, track=track)
    return people
