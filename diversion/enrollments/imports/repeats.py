"""Let each person of a file be created once, however many rows there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from diversion.core.words import Sentence, _
from diversion.core.workbooks.layouts import plain
from diversion.enrollments.imports.lines import E, Entry, Fate, Line
from diversion.participants.identity import Identity
from diversion.participants.likeness import a_letter_apart


def without_repeats(lines: Iterable[Line[E]]) -> Iterator[Line[E]]:
    """Yield the lines: the first row of a person stands, the others repeat it.

    A name alone makes nobody the same person: the case or the birth date must agree too.
    The same case with another name is refused: one of the two is mistyped.
    """
    by_case: dict[str, Line[E]] = {}
    by_person: dict[tuple[str, date], Line[E]] = {}
    by_birth: dict[date, list[Line[E]]] = defaultdict(list)
    for line in lines:
        entry = line.entry
        if entry is None:
            yield line
            continue
        person = (_plain_name(entry), entry.born) if entry.born else None
        first = by_case.get(entry.case) or (by_person.get(person) if person else None)
        if first is not None:
            yield _again(line, first)
            continue
        near = _near(entry, by_birth)
        if near is not None:
            yield _doubtful(line, near)
            continue
        if entry.case:
            by_case[entry.case] = line
        if entry.born:
            by_birth[entry.born].append(line)
        if person:
            by_person[person] = line
        yield line


def _again(line: Line[E], first: Line[E]) -> Line[E]:
    assert line.entry is not None and first.entry is not None  # noqa: S101, PT018 (both were read)
    place = _place(first, line.sheet)
    if _plain_name(line.entry) == _plain_name(first.entry):
        return line.ending(Fate.REPEATS, _("The same person as {row}.", row=place))
    return line.ending(
        Fate.REFUSED,
        _(
            "The case number stands in {row} with another name. Mend the number or the name.",
            row=place,
        ),
    )


def _near(entry: Entry, by_birth: dict[date, list[Line[E]]]) -> Line[E] | None:
    """Return the row of somebody of the same birth date whose name is a letter apart."""
    others = by_birth.get(entry.born, []) if entry.born else []
    name = _identity(entry)
    return next((x for x in others if x.entry and a_letter_apart(name, _identity(x.entry))), None)


def _identity(entry: Entry) -> Identity:
    return Identity(first=entry.first, last=entry.last)


def _doubtful(line: Line[E], other: Line[E]) -> Line[E]:
    return line.ending(
        Fate.REFUSED,
        _(
            "Name and birth date are almost those of {row}. Compare both, then mend the row "
            "or add the person by hand.",
            row=_place(other, line.sheet),
        ),
    )


def _place(line: Line[E], sheet: str) -> Sentence:
    if line.sheet == sheet:
        return _("row {row}", row=line.row)
    return _("{sheet}, row {row}", sheet=line.sheet, row=line.row)


def _plain_name(entry: Entry) -> str:
    return plain(f"{entry.last} {entry.first}")
