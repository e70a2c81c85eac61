"""Find a person by what somebody knows of them: decrypt and filter, inside one track.

No index of names is kept. The log gets a code of the question, never the
question, and the numbers of everybody shown.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from operator import itemgetter
from typing import Any

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import keys
from diversion.core.errors import Invalid
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.participants import access, queries
from diversion.participants.hearing import Heard, Likeness
from diversion.participants.identity import Identity, order_of
from diversion.participants.spellings import (
    days_meant,
    digits,
    fold,
    plain_number,
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


BY_NAME = {
    Likeness.WHOLE: Ground.NAME,
    Likeness.PART: Ground.PART_OF_NAME,
    Likeness.SOUND: Ground.SOUND,
}


@dataclass(frozen=True)
class Hit:
    """Somebody who was found."""

    participant_id: int
    number: str
    identity: Identity


@dataclass(frozen=True)
class Question:
    """What was typed, in every shape in which it can be compared."""

    words: tuple[str, ...]
    has_number: bool
    plain: str
    digits: str
    days: frozenset[str]
    heard: Heard

    @classmethod
    def of(cls, text: str) -> "Question":
        split = words(text)
        only_digits = digits(text)
        return cls(
            words=split,
            has_number=any(sign.isdigit() for sign in text),
            plain=plain_number(text),
            digits=only_digits if not any(sign.isalpha() for sign in text) else "",
            days=frozenset(day.isoformat() for day in days_meant(text)),
            heard=Heard(split),
        )


def search(track: Track, text: str, *, by: Staff, limit: int = MOST) -> list[Hit]:
    """Return whom `by` may see and `text` fits, best first, at most `limit` of them.

    `text` is a name or a part of one, a birth date, a case number, a public number, or
    a phone number or its last four digits. Raises TooShort.
    """
    if len(text.strip()) < SHORTEST:
        raise TooShort
    question = Question.of(text)
    hits = []
    for person_id, number, held in queries.held_by(access.sealed_for(by, track), track):
        ground = fits(question, number, held)
        if ground is not None:
            hits.append((ground, order_of(held), number, person_id, held))
    hits.sort(key=itemgetter(0, 1, 2))
    shown = [
        Hit(person_id, number, Identity.from_held(held))
        for _ground, _order, number, person_id, held in hits[: min(limit, MOST)]
    ]
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


def fits(question: Question, number: str, held: Mapping[str, Any]) -> Ground | None:
    """Return why the person with this public number and envelope answers, or None."""
    by_number = _fits_a_number(question, number, held) if question.has_number else None
    return by_number if by_number is not None else _fits_a_name(question, held)


def _fits_a_number(question: Question, number: str, held: Mapping[str, Any]) -> Ground | None:
    plain = question.plain
    if question.digits and plain == plain_number(number):
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


def _fits_a_name(question: Question, held: Mapping[str, Any]) -> Ground | None:
    likeness = question.heard.likeness(held) if question.words else None
    return None if likeness is None else BY_NAME[likeness]
