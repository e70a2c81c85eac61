"""Make the lines of a list of people: opened names beside light rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from diversion.audit.models import Act
from diversion.core.tracks import Track
from diversion.enrollments.people import queries
from diversion.enrollments.people.rules import Group
from diversion.enrollments.standing import Place, place
from diversion.participants import access
from diversion.participants.identity import Identity
from diversion.participants.search import search
from diversion.staff.models import Staff
from diversion.web.calendar import court_today
from diversion.web.paging import Page, address_with, page_of


@dataclass(frozen=True)
class Line:
    """One person in a list. `name` was opened, and the log says so."""

    id: int
    number: str
    name: str
    age: int | None
    place: Place
    closed_on: date | None
    enrollment_id: int | None


def page(track: Track, group: Group, *, by: Staff) -> tuple[Page[Any], list[Line]]:
    """Return the page of a list that the address asks for. Inside `with reading():`."""
    found = page_of(queries.listed(track, access.visible_to(by, track), group))
    names = access.open_names(
        [row.id for row in found.rows], track, by=by, why=Act.NAMES_SHOWN, about=f"list:{group}"
    )
    return found, lines(found.rows, names)


def hits(track: Track, text: str, *, by: Staff) -> list[Line]:
    """Return whom a search finds, best first. Inside `with reading():`. Raises TooShort."""
    found = search(track, text, by=by)
    names = {hit.participant_id: hit.identity for hit in found}
    rows = queries.those(track, access.visible_to(by, track), names)
    order = list(names)
    return lines(sorted(rows, key=lambda row: order.index(row.id)), names)


def lines(rows: Sequence[Any], names: Mapping[int, Identity]) -> list[Line]:
    """Put names beside rows; a row whose name stays closed is left out."""
    today = court_today()
    return [
        Line(
            row.id, row.number, names[row.id].shown, age(names[row.id].birth_date, today),
            place(row.state, row.referral_state), row.closed_on, row.enrollment_id,
        )
        for row in rows
        if row.id in names
    ]  # fmt: skip


def age(born: date | None, today: date) -> int | None:
    """Return whole years; None where no birth date is known."""
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def shown(lines: Sequence[Line], soon: Mapping[int, date]) -> dict[str, Any]:
    """Return what the templates of a list need: lines, next days, and the address of a person."""
    return {"lines": lines, "soon": soon, "address": _address}


def chips(asked: Group) -> list[dict[str, Any]]:
    """Return a chip for each group of people."""
    return [
        {"label": each.words, "href": address_with(status=each.value, page=None),
         "current": each is asked}
        for each in Group
    ]  # fmt: skip


def _address(number: str) -> str:
    return url_for(".show", number=number)
