"""Turn the rows of a Community Court list into entries, or say why one can't be."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.words import _
from diversion.core.workbooks.layouts import Layout
from diversion.core.workbooks.reading import Cell, Row
from diversion.enrollments.codes import ExitCode

YOUNGEST = timedelta(days=365 * 12)
DATES_AHEAD = timedelta(days=730)
BEGINNING = date(1990, 1, 1)  # no program of this kind is older
DAYS = ("born", "entered", "next_on", "closed")
ENDINGS: dict[str, ExitCode] = {
    "graduated": ExitCode.COMPLETED, "graduate": ExitCode.COMPLETED,
    "completed": ExitCode.COMPLETED, "complete": ExitCode.COMPLETED,
    "finished": ExitCode.COMPLETED, "dismissed": ExitCode.COMPLETED,
    "case dismissed": ExitCode.COMPLETED,
    "withdrew": ExitCode.OPTED_OUT, "withdrawn": ExitCode.OPTED_OUT,
    "opted out": ExitCode.OPTED_OUT, "left": ExitCode.OPTED_OUT,
    "terminated": ExitCode.ADVERSE_TERMINATION, "removed": ExitCode.ADVERSE_TERMINATION,
    "absconded": ExitCode.ABSCONDED, "moved": ExitCode.MOVED, "moved away": ExitCode.MOVED,
    "transferred": ExitCode.PROGRAM_TRANSFER, "in custody": ExitCode.IN_CUSTODY,
    "custody": ExitCode.IN_CUSTODY, "deceased": ExitCode.DECEASED,
}  # fmt: skip
DISMISSALS = frozenset({"dismissed", "case dismissed"})
STILL_IN = frozenset({"active", "open", "enrolled", "current", "in program"})
SESSIONS = re.compile(r"([0-9]{1,3})(?:\.0)?(?:\s*(?:of|/|out of)\s*[0-9]{1,3})?")
REFUSAL = re.compile(r"(n|no|not safe|unsafe)\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """What a row says of one person."""

    first: str
    last: str
    preferred: str
    born: date | None
    case: str
    entered_on: date
    mentor: str
    counselor: str
    sessions: int
    next_on: date | None
    may_text: bool
    is_watched: bool
    phone: str | None
    language: str
    exit_code: ExitCode | None
    is_dismissed: bool
    closed_on: date | None


@dataclass(frozen=True)
class Reader:
    """Reads rows of one sheet: its layout, the day of reading, and whether the day goes first."""

    layout: Layout
    today: date
    day_first: bool

    def entry(self, row: Row) -> Entry:
        """Return what a row says. Raises Misread with what to write instead."""
        first, last = self._name(row)
        entered = self._day(row, "entered", self.today, BEGINNING)
        if entered is None:
            raise Misread(_("This row does not say when the person entered. Add the date."))
        exit_code, is_dismissed = ending(self._text(row, "outcome"))
        entry = Entry(
            first=first,
            last=last,
            preferred=cells.name_part(self._cell(row, "preferred")) or "",
            born=self._day(row, "born", self.today - YOUNGEST),
            case="".join(self._text(row, "case").upper().split()),
            entered_on=entered,
            mentor=self._text(row, "mentor")[:120],
            counselor=self._text(row, "counselor")[:160],
            sessions=sessions(self._text(row, "sessions")),
            next_on=self._day(row, "next_on", self.today + DATES_AHEAD, BEGINNING),
            may_text=may_text(self._cell(row, "may_text")),
            is_watched=is_watched(self._cell(row, "may_text")),
            phone=cells.phone(self._cell(row, "phone")),
            language=cells.language(self._cell(row, "language")) or "en",
            exit_code=exit_code,
            is_dismissed=is_dismissed,
            closed_on=self._day(row, "closed", self.today, BEGINNING),
        )
        check(entry)
        return entry

    def _cell(self, row: Row, field: str) -> Cell:
        return self.layout.cell(row, field)

    def _text(self, row: Row, field: str) -> str:
        return cells.text(self._cell(row, field)) or ""

    def _day(
        self, row: Row, field: str, latest: date, earliest: date = cells.EARLIEST
    ) -> date | None:
        return cells.day(
            self._cell(row, field), latest=latest, earliest=earliest, day_first=self.day_first
        )

    def _name(self, row: Row) -> tuple[str, str]:
        if "first" in self.layout.places and "last" in self.layout.places:
            first = cells.name_part(self._cell(row, "first"))
            last = cells.name_part(self._cell(row, "last"))
            name = (first, last) if first and last else None
        else:
            name = cells.person(self._cell(row, "name"))
        if name is None:
            raise Misread(_("This row lacks a first or a last name. Write both."))
        return name


def check(entry: Entry) -> None:
    """Refuse a row that contradicts itself. Raises Misread."""
    if entry.born is None and not entry.case:
        raise Misread(_("This row has neither a date of birth nor a case number. Add one."))
    if entry.exit_code is not None and entry.closed_on is None:
        raise Misread(_("The row has an outcome, but no day on which it closed. Add the date."))
    if entry.closed_on is not None and entry.exit_code is None:
        raise Misread(_("The row has a closing day, but no outcome. Write how it ended."))
    if entry.closed_on is not None and entry.closed_on < entry.entered_on:
        raise Misread(_("The closing day lies before the day of entry. Mend one of them."))


def ending(written: str) -> tuple[ExitCode | None, bool]:
    """Return how the program ended, and whether the case was dismissed. Raises Misread."""
    said = written.casefold().strip(" .")
    if not said or said in STILL_IN:
        return None, False
    if said not in ENDINGS:
        raise Misread(
            _(
                "“{value}” is not an outcome known here. "
                "Use graduated, dismissed, withdrew, terminated or moved.",
                value=written[:60],
            )
        )
    return ENDINGS[said], said in DISMISSALS


def sessions(written: str) -> int:
    """Return how many sessions took place: `6`, `6.0`, `6 of 10`. Raises Misread."""
    if not written:
        return 0
    found = SESSIONS.fullmatch(written.casefold())
    if found is None:
        raise Misread(_("“{value}” is not a number of sessions.", value=written[:60]))
    return int(found[1])


def may_text(cell: Cell) -> bool:
    """Say whether texting is safe. Only a plain yes is; a no with a reason is a no.

    The reason is not kept: who sees a phone is nothing that a list should carry.
    """
    written = cells.text(cell)
    if written is None or REFUSAL.fullmatch(written):
        return False
    return bool(cells.yes(cell))


def is_watched(cell: Cell) -> bool:
    """Say whether someone else may look at the phone: a no with a reason means so until asked."""
    written = cells.text(cell) or ""
    return bool(REFUSAL.fullmatch(written)) and len(written.split()) > 1
