"""Compare the lines of a file with the people on record, so that nobody gets a second record."""

from dataclasses import dataclass, replace

from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.participants import likeness, queries
from diversion.participants.identity import Identity, Phone
from diversion.participants.likeness import Likeness
from diversion.sbad.imports.reading import Line, Outcome, Reading
from diversion.sbad.imports.rules import Entry


@dataclass(frozen=True)
class OnRecord:
    """Everybody of this side: laid out for comparison, and by number and identity."""

    known: likeness.Known
    people: dict[int, tuple[str, Identity]]


def with_those_on_record(reading: Reading) -> Reading:
    """Return the reading with lines that repeat someone on record marked as such."""
    on_record = OnRecord(likeness.Known(Track.SBAD), {})
    for person in queries.opened(Track.SBAD, queries.of_track(Track.SBAD)):
        on_record.known.add(person.id, person.identity)
        on_record.people[person.id] = person.number, person.identity
    lines = (
        _compared(line, on_record) if line.outcome is Outcome.CREATE else line
        for line in reading.lines
    )
    return replace(reading, lines=tuple(lines))


def identity_of(entry: Entry) -> Identity:
    """Return who a line is about, as an envelope holds it."""
    return Identity(
        first=entry.first,
        last=entry.last,
        birth_date=entry.born,
        phones=(Phone(entry.phone),) if entry.phone else (),
        case_numbers=(entry.case,) if entry.case else (),
        police_numbers=(entry.report,) if entry.report else (),
    )


def _compared(line: Line, on_record: OnRecord) -> Line:
    assert line.entry is not None  # noqa: S101 (a line to be created has one)
    wanted = identity_of(line.entry)
    found = next(iter(on_record.known.like(wanted).items()), None)
    if found is None or found[1] is Likeness.PHONE:
        return line
    number, other = on_record.people[found[0]]
    if not likeness.same_name(wanted, other):
        return line.refused(_doubt(found[1], number))
    if set(wanted.case_numbers) <= set(other.case_numbers):
        return replace(line, outcome=Outcome.UNCHANGED, same_as=number, reason=_same(number))
    return replace(line, outcome=Outcome.REPEATS, same_as=number, reason=_other_case(number))


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
