"""Compare the lines of a file with the people on record, so that nobody gets a second record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic

from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.enrollments.imports.lines import E, Fate, Line, Reading
from diversion.participants import likeness, queries
from diversion.participants.identity import Identity
from diversion.participants.likeness import Likeness


@dataclass(frozen=True)
class OnRecord(Generic[E]):
    """Everybody of one side: laid out for comparison, and by number and identity."""

    known: likeness.Known
    people: dict[int, tuple[str, Identity]]
    identity_of: Callable[[E], Identity]


def with_those_on_record(
    reading: Reading[E], track: Track, identity_of: Callable[[E], Identity]
) -> Reading[E]:
    """Return the reading with lines that repeat someone on record marked as such.

    Who may be somebody on record is refused: a person decides that, not a file.
    """
    on_record = OnRecord(likeness.Known(track), {}, identity_of)
    for person in queries.opened(track, queries.of_track(track)):
        on_record.known.add(person.id, person.identity)
        on_record.people[person.id] = person.number, person.identity
    return replace(reading, lines=tuple(_compared(line, on_record) for line in reading.lines))


def _compared(line: Line[E], on_record: OnRecord[E]) -> Line[E]:
    if line.fate is not Fate.CREATE or line.entry is None:
        return line
    wanted = on_record.identity_of(line.entry)
    found = next(iter(on_record.known.like(wanted).items()), None)
    if found is None or found[1] is Likeness.PHONE:
        return line
    number, other = on_record.people[found[0]]
    if not likeness.same_name(wanted, other):
        return line.ending(Fate.REFUSED, _doubt(found[1], number))
    if set(wanted.case_numbers) <= set(other.case_numbers):
        return line.ending(Fate.UNCHANGED, _same(number))
    return line.ending(Fate.REPEATS, _other_case(number))


def _doubt(ground: Likeness, number: str) -> Sentence:
    if ground is Likeness.CASE_NUMBER:
        return _(
            "The case number is on record for {number} with another name. "
            "Mend the number or the name.",
            number=number,
        )
    return _(
        "Name and birth date are almost those of {number}. Compare both, then mend the row "
        "or add the person by hand.",
        number=number,
    )


def _same(number: str) -> Sentence:
    return _("On record as {number}. Nothing changes.", number=number)


def _other_case(number: str) -> Sentence:
    return _(
        "The same person as {number}, with another case. Nothing is created; "
        "add the new referral on the page of that person.",
        number=number,
    )
