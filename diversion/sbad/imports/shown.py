"""Lay out the lines of a file for the page that checks it."""

from dataclasses import dataclass

from diversion.core.words import Sentence, _, counted
from diversion.enrollments.imports.lines import Fate
from diversion.sbad.imports.reading import Line
from diversion.sbad.imports.rules import Attended, Entry
from diversion.sbad.imports.services import Check

WORDS = {
    Fate.CREATE: (_("Create"), "ok"),
    Fate.REPEATS: (_("Repeats"), ""),
    Fate.UNCHANGED: (_("Unchanged"), "plain"),
    Fate.REFUSED: (_("Refused"), "bad"),
    Fate.TOTAL: (_("Left out"), "plain"),
}
ATTENDED = {
    Attended.ABSENT: _("absent"),
    Attended.EXCUSED: _("excused"),
    Attended.HERE: _("here"),
}
LINES_A_PAGE = 100


@dataclass(frozen=True)
class Part:
    """Some lines of a check: those of one fate, one page of them."""

    lines: tuple[Line, ...]
    page: int
    pages: int


def part(check: Check, fate: Fate | None, page: int) -> Part:
    """Return the page of the lines that have this fate, or of all."""
    wanted = check.reading.of(fate) if fate else list(check.reading.lines)
    pages = max(1, -(-len(wanted) // LINES_A_PAGE))
    at = min(page, pages)
    return Part(tuple(wanted[(at - 1) * LINES_A_PAGE : at * LINES_A_PAGE]), at, pages)


def detail(entry: Entry) -> list[Sentence]:
    """Say what is created from a row, in short parts."""
    found = []
    if entry.class_on is not None:
        day = f"{entry.class_on:%m/%d/%Y}"
        said = ATTENDED[entry.attended] if entry.attended else _("not marked")
        found.append(_("Class {day}, {said}", day=day, said=said))
    if entry.fee is not None:
        found.append(_("fee {amount}", amount=entry.fee))
    if entry.payments:
        count, paid = len(entry.payments), entry.paid()
        found.append(counted("1 payment, {sum}", "{count} payments, {sum}", count, sum=paid))
    return found
