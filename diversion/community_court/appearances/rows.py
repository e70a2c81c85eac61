"""Lay out the rows of the bench for their page: light tuples, their addresses and hours made."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from diversion.community_court.appearances.board import Board, Row, Tag
from diversion.community_court.appearances.words import RESULTS, TONES
from diversion.core.words import Sentence
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.addresses import url_of_each
from diversion.web.filters import clock_time

# In what plain rows differ: these fields, and the handle in these addresses.
DIFFER = (
    "handle", "name", "number", "hour", "starts", "attorney", "counseling", "conditions",
)  # fmt: skip
WAYS = "href", "here", "call"
Ways = tuple[str, str, str, str, str]  # href, here, at, call, undo


class Shown(NamedTuple):
    """A row as the page draws it. `kind` is done, open or now; an empty address is not open."""

    kind: str
    handle: str
    name: str
    number: str
    hour: str
    starts: str
    attorney: str
    counseling: str
    conditions: str
    tags: Sequence[Tag]
    outcome: Sentence | str
    tone: str
    next_on: date | None
    is_here: bool
    is_absent: bool
    href: str
    here: str
    at: str
    call: str
    undo: str

    @property
    def is_plain(self) -> bool:
        """Say whether the row differs from others like it in names and numbers alone."""
        is_odd = self.kind != "open" or self.tags or self.outcome or self.next_on
        return bool(self.here and self.counseling and self.conditions and not is_odd)


def patterns(rows: Sequence[Shown]) -> list[Shown]:
    """Return what plain rows look like, without the tick and with it; nothing if none is plain."""
    one = next((row for row in rows if row.is_plain), None)
    if one is None:
        return []
    drawn: dict[str, Any] = {each: f"@{each}@" for each in DIFFER}
    for each in WAYS:
        drawn[each] = getattr(one, each).replace(one.handle, "@handle@")
    return [one._replace(**drawn, is_here=False), one._replace(**drawn, is_here=True)]


def shown(board: Board, rows: Sequence[Row], *, by: Staff) -> list[Shown]:
    """Return these rows of a board as far as this reader may work on them."""
    docket, records = board.docket.handle, by.may(Permission.APPEARANCE_RECORD)
    own = url_of_each("community_court.appearances.show", "at", docket=docket, _anchor="now")
    file = url_of_each("community_court.file.show", "number")
    tick = url_of_each("community_court.appearances.mark_here", "setting")
    hours = {each: (f"{each:%-I:%M}", clock_time(each)) for each in {r.line.starts for r in rows}}
    ticks = records and board.docket.ended_at is None
    on = board.now.line.handle if board.now else ""

    def ways(row: Row, kind: str) -> Ways:
        handle = row.line.handle
        if kind == "done":
            leads = own(handle) if records else file(row.number)
            return leads, "", "", "", leads if records else ""
        here = tick(handle) if ticks else ""
        if kind == "now":
            return file(row.number), here, handle, "", ""
        return own(handle), here, on, own(handle), ""

    return [
        _shown(row, kind, hours[row.line.starts], ways(row, kind))
        for row in rows
        for kind in ["now" if row is board.now else "done" if row.is_recorded else "open"]
    ]


def _shown(row: Row, kind: str, hours: tuple[str, str], ways: Ways) -> Shown:
    line = row.line
    outcome: tuple[Sentence | str, str] = "", ""
    if line.result:
        outcome = RESULTS[line.result], TONES.get(line.result, "")
    return Shown(
        kind, line.handle, row.name, row.number, *hours, line.attorney,
        row.counseling, row.conditions, row.tags, *outcome, line.next_on, line.here_at is not None,
        row.is_absent, *ways,
    )  # fmt: skip
