"""Find which column of a sheet means what, by its header and, failing that, by its content."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from diversion.core.workbooks.reading import Cell, Kind, Row, Sheet

HEADER_WITHIN = 30
FEWEST_HEADERS = 3
FEWEST_SAMPLES = 2
MOST = 0.8
# Headers of criminal-history output, which this program must never hold.
HISTORY = re.compile(
    r"\b(ccp?h|criminal|leds|ncic|rap sheet|priors?|convictions?|arrests?|sid|fbi|history"
    r"|record check|records? result)\b"
)


@dataclass(frozen=True)
class Layout:
    """The header row of a sheet and the place of each known field.

    `unread` are headers that mean nothing here, `history` those that look like
    criminal-history output; neither is read.
    """

    header: int
    places: Mapping[str, int]
    unread: tuple[str, ...]
    history: tuple[str, ...]

    def cell(self, row: Row, field: str) -> Cell:
        return row.at(self.places[field]) if field in self.places else Cell(Kind.EMPTY, "")


def plain(header: str) -> str:
    """Return a header without case, accents, punctuation and needless spaces."""
    bare = unicodedata.normalize("NFKD", header.replace("#", " no ").casefold())
    letters = "".join(sign if sign.isalnum() else " " for sign in bare if ord(sign) < 0x300)
    return " ".join(letters.split())


def matching(pattern: str) -> Callable[[Cell], bool]:
    """Return the question whether the text of a cell matches; a date never does."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda cell: cell.kind is not Kind.DATE and bool(compiled.fullmatch(cell.text.strip()))


def find(
    sheet: Sheet,
    synonyms: Mapping[str, tuple[str, ...]],
    looks: Mapping[str, Callable[[Cell], bool]],
) -> Layout | None:
    """Return how the sheet is laid out, or None if no row of it is a header.

    `synonyms` has for each field the plain headers it goes by; `looks` has, for fields
    that content gives away, whether a cell looks like one.
    """
    meaning = {said: field for field, known in synonyms.items() for said in known}
    best = max(
        sheet.rows[:HEADER_WITHIN],
        key=lambda row: (len(_named(row, meaning)), -row.number),
        default=None,
    )
    if best is None or len(_named(best, meaning)) < FEWEST_HEADERS:
        return None
    below = [row for row in sheet.rows if row.number > best.number]
    return _layout(best, below, _named(best, meaning), looks)


def _named(row: Row, meaning: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in row.filled():
        field = meaning.get(plain(cell.text))
        if field is not None and cell.kind is Kind.TEXT:
            found.setdefault(field, place)
    return found


def _layout(
    header: Row,
    below: list[Row],
    named: dict[str, int],
    looks: Mapping[str, Callable[[Cell], bool]],
) -> Layout:
    left = [(place, cell.text) for place, cell in header.filled() if place not in named.values()]
    history = [(place, text) for place, text in left if HISTORY.search(plain(text))]
    places = dict(named)
    for place in _unknown_columns(header, below, named, {place for place, _text in history}):
        field = _guess(below, place, {f: look for f, look in looks.items() if f not in places})
        if field is not None:
            places[field] = place
    guessed = set(places.values())
    unread = [text for place, text in left if place not in guessed and (place, text) not in history]
    return Layout(header.number, places, tuple(unread), tuple(text for _place, text in history))


def _unknown_columns(
    header: Row, below: list[Row], named: dict[str, int], history: set[int]
) -> list[int]:
    width = max((len(row.cells) for row in (header, *below)), default=0)
    return [p for p in range(width) if p not in named.values() and p not in history]


def _guess(below: list[Row], place: int, looks: Mapping[str, Callable[[Cell], bool]]) -> str | None:
    filled = [row.at(place) for row in below if row.at(place)]
    if len(filled) < FEWEST_SAMPLES:
        return None
    for field, look in looks.items():
        if sum(look(cell) for cell in filled) >= MOST * len(filled):
            return field
    return None
