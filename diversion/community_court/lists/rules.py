"""Read the court's own docket list: one hearing a row, or why it can't be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from diversion.community_court.appearances.models import SettingKind
from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.errors import Invalid
from diversion.core.words import Sentence, _
from diversion.core.workbooks import layouts
from diversion.core.workbooks.layouts import Layout
from diversion.core.workbooks.reading import Cell, Row, Sheet

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "case": ("case nbr", "case no", "case number", "case", "cause no", "docket no"),
    "party": ("party", "party name", "name", "participant"),
    "kind": ("hearing type", "hrg type", "type", "hearing", "event"),
    "held_on": ("hrg date", "hearing date", "date", "court date"),
    "starts": ("hrg time", "hearing time", "time"),
    "attorney": ("atty", "attorney", "counsel", "defense", "lawyer"),
    "room": ("courtroom", "room", "ctrm"),
    "judge": ("judge",),
}
KINDS = {
    "entry": SettingKind.ENTRY, "arraignment": SettingKind.ENTRY, "intake": SettingKind.ENTRY,
    "graduation": SettingKind.GRADUATION, "completion": SettingKind.GRADUATION,
}  # fmt: skip
HOUR = re.compile(r"([0-9]{1,2}):?([0-9]{2})(?::[0-9]{2})?\s*([ap])?\.?m?\.?", re.IGNORECASE)
AHEAD = timedelta(days=730)


class NoList(Invalid):
    """A docket list is read by what its columns say."""

    field = "file"
    sentence = _("This is no docket list: it needs a column of case numbers and one of names.")


@dataclass(frozen=True)
class Hearing:
    """One row of the court's list; `reason` says why it can't be used."""

    row: int
    case: str
    party: str = ""
    kind: SettingKind = SettingKind.STATUS_REVIEW
    held_on: date | None = None
    starts: time | None = None
    attorney: str = ""
    reason: Sentence | None = None


def hearings(sheets: tuple[Sheet, ...], *, today: date) -> list[Hearing]:
    """Return the hearings of all lists in a file. Raises NoList."""
    found = [(sheet, layouts.find(sheet, SYNONYMS, {})) for sheet in sheets]
    known = [(s, at) for s, at in found if at and {"case", "party"} <= set(at.places)]
    if not known:
        raise NoList
    return [
        _hearing(row, layout, today)
        for sheet, layout in known
        for row in sheet.rows
        if row.number > layout.header and any(layout.cell(row, name) for name in layout.places)
    ]


def _hearing(row: Row, layout: Layout, today: date) -> Hearing:
    def said(name: str) -> str:
        return cells.text(layout.cell(row, name)) or ""

    try:
        case = "".join(said("case").upper().split())
        if not case:
            raise Misread(_("This row has no case number."))
        return Hearing(
            row.number, case, said("party"),
            KINDS.get(said("kind").casefold(), SettingKind.STATUS_REVIEW),
            cells.day(layout.cell(row, "held_on"), latest=today + AHEAD),
            hour(layout.cell(row, "starts")), said("attorney")[:80],
        )  # fmt: skip
    except Misread as misread:
        return Hearing(row.number, layout.cell(row, "case").text[:40], reason=misread.sentence)


def hour(cell: Cell) -> time | None:
    """Return a time of day: `0930`, `930`, `9:30 AM`. Raises Misread."""
    written = cells.text(cell)
    if written is None:
        return None
    found = HOUR.fullmatch(written.removesuffix(".0"))
    if found is None:
        raise Misread(_("“{value}” is not a time. Write it as 09:30.", value=written[:40]))
    hours, minutes = int(found[1]), int(found[2])
    if (found[3] or "").casefold() == "p" and hours < 12:
        hours += 12
    if hours > 23 or minutes > 59:
        raise Misread(_("“{value}” is not a time. Write it as 09:30.", value=written[:40]))
    return time(hours, minutes)
