"""Turn the rows of a Community Court list into entries, or say why one can't be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.words import _
from diversion.core.workbooks.reading import Cell, Row
from diversion.enrollments.codes import ExitCode
from diversion.enrollments.imports.rows import RowReader

DATES_AHEAD = timedelta(days=730)
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


class Reader(RowReader[Entry]):
    """Reads rows of a Community Court list."""

    def entry(self, row: Row) -> Entry:
        first, last = self.name(row)
        exit_code, is_dismissed = self._ending(row)
        entry = Entry(
            first=first,
            last=last,
            preferred=cells.name_part(self.cell(row, "preferred")) or "",
            born=self.born(row),
            case=self.case(row),
            entered_on=self._entered(row),
            mentor=self.text(row, "mentor")[:120],
            counselor=self.text(row, "counselor")[:160],
            sessions=self._sessions(row),
            next_on=self._next_on(row),
            may_text=self._may_text(row),
            is_watched=is_watched(self.cell(row, "may_text")),
            phone=self.phone(row),
            language=self.language(row),
            exit_code=exit_code,
            is_dismissed=is_dismissed,
            closed_on=self._closed(row),
        )
        check(entry)
        return entry

    def parts(self) -> tuple[Callable[[Row], object], ...]:
        return (
            self.name, self.born, self._entered, self._sessions, self._next_on, self._may_text,
            self.phone, self.language, self._ending, self._closed,
        )  # fmt: skip

    def _entered(self, row: Row) -> date:
        entered = self.day(row, "entered", self.today)
        if entered is None:
            raise Misread(_("This row does not say when the person entered. Add the date."))
        return entered

    def _next_on(self, row: Row) -> date | None:
        return self.day(row, "next_on", self.today + DATES_AHEAD)

    def _closed(self, row: Row) -> date | None:
        return self.day(row, "closed", self.today)

    def _sessions(self, row: Row) -> int:
        return sessions(self.text(row, "sessions"))

    def _may_text(self, row: Row) -> bool:
        return may_text(self.cell(row, "may_text"))

    def _ending(self, row: Row) -> tuple[ExitCode | None, bool]:
        return ending(self.text(row, "outcome"))


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
