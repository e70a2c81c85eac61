"""Notice that somebody may be on record already, inside one track."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.participants import queries
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.participants.spellings import plain_number, sounds, words

SHORTEST = 6  # letters of a whole name under which one letter makes somebody else


class Likeness(IntEnum):
    """Why two records may be one person's, the surest reason first."""

    NAME_AND_BIRTH_DATE = 0
    CASE_NUMBER = 1
    SOUND_AND_BIRTH_DATE = 2
    PHONE = 3


@dataclass
class Known:
    """The people of one track, laid out so that the next row of a list is compared at once."""

    track: Track
    born: dict[date, list[tuple[int, Identity]]] = field(default_factory=lambda: defaultdict(list))
    cases: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    phones: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, participant_id: int, identity: Identity) -> None:
        """Count somebody in who was registered meanwhile."""
        if identity.birth_date:
            self.born[identity.birth_date].append((participant_id, identity))
        for case in identity.case_numbers:
            self.cases[plain_number(case)].add(participant_id)
        for phone in identity.phones:
            self.phones[phone.e164].add(participant_id)

    def like(self, identity: Identity) -> dict[int, Likeness]:
        """Return who may be the same person and the surest reason each, surest first."""
        found: dict[int, Likeness] = {}
        for phone in identity.phones:
            found.update(dict.fromkeys(self.phones.get(phone.e164, ()), Likeness.PHONE))
        if identity.birth_date:
            for other_id, other in self.born.get(identity.birth_date, ()):
                if sound_alike(identity, other) or a_letter_apart(identity, other):
                    found[other_id] = Likeness.SOUND_AND_BIRTH_DATE
        for case in identity.case_numbers:
            found.update(
                dict.fromkeys(self.cases.get(plain_number(case), ()), Likeness.CASE_NUMBER)
            )
        if identity.birth_date:
            for other_id, other in self.born.get(identity.birth_date, ()):
                if same_name(identity, other):
                    found[other_id] = Likeness.NAME_AND_BIRTH_DATE
        return dict(sorted(found.items(), key=lambda each: (each[1], each[0])))


def known(track: Track) -> Known:
    """Open everybody of one track once, to compare a whole list with."""
    people = Known(track)
    for person in queries.opened(track, queries.of_track(track)):
        people.add(person.id, person.identity)
    return people


def likely_same(track: Track, identity: Identity) -> list[Participant]:
    """Return who on this side may be the same person, surest first. Nothing of them is shown."""
    found = known(track).like(identity)
    rows = db.session.scalars(
        select(Participant).where(Participant.track == track, Participant.id.in_(found))
    )
    order = list(found)
    return sorted(rows, key=lambda row: order.index(row.id))


def same_name(one: Identity, other: Identity) -> bool:
    """Say whether first and last name agree but for case, accents and signs, in either order."""
    return _key(one) == _key(other)


def a_letter_apart(one: Identity, other: Identity) -> bool:
    """Say whether the whole name differs by one letter: more, less, another, or two swapped."""
    a, b = (" ".join((*words(each.last), *words(each.first))) for each in (one, other))
    return a != b and min(len(a), len(b)) >= SHORTEST and _one_slip(a, b)


def _one_slip(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    at = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    swapped = long[at : at + 2][::-1] == short[at : at + 2]
    return short[at + 1 :] == long[at + 1 :] or (swapped and short[at + 2 :] == long[at + 2 :])


def sound_alike(one: Identity, other: Identity) -> bool:
    """Say whether the last names and the first names sound alike."""
    pairs = (one.last, other.last), (one.preferred or one.first, other.preferred or other.first)
    return all(_alike(a, b) for a, b in pairs) or all(
        _alike(a, b) for a, b in ((one.last, other.last), (one.first, other.first))
    )


def _alike(one: str, other: str) -> bool:
    a, b = words(one), words(other)
    if a == b:
        return True
    return bool(frozenset[str]().union(*map(sounds, a)) & frozenset[str]().union(*map(sounds, b)))


def _key(identity: Identity) -> frozenset[str]:
    return frozenset((*words(identity.first), *words(identity.last)))
