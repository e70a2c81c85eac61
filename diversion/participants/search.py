"""Find a person by what somebody knows of them: decrypt and filter, inside one track.

No index of names is kept. The log gets a code of the question, never the
question, and the numbers of everybody shown.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import keys
from diversion.core.errors import Invalid
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.participants import access, queries
from diversion.participants.identity import Identity, names_of
from diversion.participants.queries import Person
from diversion.participants.spellings import (
    days_meant,
    digits,
    fold,
    plain_number,
    sounds,
    words,
)
from diversion.staff.models import Staff

SHORTEST = 3
MOST = 25


class TooShort(Invalid):
    """A search that anything would answer is browsing."""

    sentence = _("Type at least three characters.")
    field = "text"


class Ground(IntEnum):
    """Why somebody was found, the best reason first."""

    NUMBER = 0
    CASE_NUMBER = 1
    BIRTH_DATE = 2
    PHONE = 3
    NAME = 4
    PART_OF_NAME = 5
    SOUND = 6


@dataclass(frozen=True)
class Hit:
    """Somebody who was found, and why."""

    participant_id: int
    number: str
    identity: Identity
    ground: Ground


@dataclass(frozen=True)
class Question:
    """What was typed, in every shape in which it can be compared."""

    words: tuple[str, ...]
    joined: str
    has_number: bool
    plain: str
    digits: str
    days: frozenset[str]
    heard: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Question":
        split = words(text)
        only_digits = digits(text)
        return cls(
            words=split,
            joined="".join(split),
            has_number=any(sign.isdigit() for sign in text),
            plain=plain_number(text),
            digits=only_digits if not any(sign.isalpha() for sign in text) else "",
            days=frozenset(day.isoformat() for day in days_meant(text)),
        )

    def sounds_of(self, name: Iterable[str]) -> frozenset[str]:
        """Return how the words of a name sound; the same word is not listened to twice."""
        found = frozenset[str]()
        for word in name:
            if word not in self.heard:
                self.heard[word] = sounds(word)
            found |= self.heard[word]
        return found


def search(track: Track, text: str, *, by: Staff, limit: int = MOST) -> list[Hit]:
    """Return whom `by` may see and `text` fits, best first, at most `limit` of them.

    `text` is a name or a part of one, a birth date, a case number, a public number, or
    a phone number or its last four digits. Raises TooShort.
    """
    if len(text.strip()) < SHORTEST:
        raise TooShort
    question = Question.of(text)
    hits = []
    for person in queries.opened(track, access.visible_to(by, track)):
        ground = fits(question, person)
        if ground is not None:
            hits.append(Hit(person.id, person.number, person.identity, ground))
    hits.sort(key=lambda hit: (hit.ground, hit.identity.sorted_by, hit.number))
    shown = hits[: min(limit, MOST)]
    record(
        Act.SEARCHED,
        *(f"participant:{hit.number}" for hit in shown),
        by=by,
        track=track,
        query=question_code(track, text),
        found=len(hits),
    )
    return shown


def question_code(track: Track, text: str) -> str:
    """Return what tells the log that the same was asked again, and nothing else."""
    asked = " ".join(fold(text).split()).encode()
    return hmac.new(keys.index(track).secret, asked, hashlib.sha256).hexdigest()[:32]


def fits(question: Question, person: Person) -> Ground | None:
    """Return why `person` answers the question, or None."""
    by_number = _fits_a_number(question, person) if question.has_number else None
    return by_number if by_number is not None else _fits_a_name(question, person)


def _fits_a_number(question: Question, person: Person) -> Ground | None:
    held, plain = person.held, question.plain
    if question.digits and plain == plain_number(person.number):
        return Ground.NUMBER
    if held.get("birth_date") in question.days:
        return Ground.BIRTH_DATE
    cases = (*held.get("case_numbers", ()), *held.get("police_numbers", ()))
    if len(plain) >= SHORTEST and any(plain in plain_number(case) for case in cases):
        return Ground.CASE_NUMBER
    tail = question.digits[-10:]
    if len(tail) >= 4 and any(each["e164"].endswith(tail) for each in held.get("phones", ())):
        return Ground.PHONE
    return None


def _fits_a_name(question: Question, person: Person) -> Ground | None:
    if not question.words:
        return None
    best = None
    for name in names_of(person.held):
        ground = _compare(question, words(name))
        if ground is not None and (best is None or ground < best):
            best = ground
    return best


def _compare(question: Question, name: tuple[str, ...]) -> Ground | None:
    run = " ".join(name)
    missing = [word for word in question.words if word not in run]
    if not missing:
        whole = all(word in name for word in question.words)
        return Ground.NAME if whole else Ground.PART_OF_NAME
    if question.joined in run.replace(" ", ""):
        return Ground.PART_OF_NAME
    heard = question.sounds_of(name)
    alike = all(question.sounds_of([word]) & heard for word in missing)
    return Ground.SOUND if alike else None
