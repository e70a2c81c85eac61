"""Lay out what happened to a person as one timeline, with a chip for each kind of entry."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from flask_babel import format_date

from diversion.core.words import Sentence, Worded, _
from diversion.web.paging import address_with

SHOWN = 40


class Kind(Worded):
    """What an entry of the timeline is about."""

    PROGRAM = "program", _("Program")
    COURT = "court", _("Court")
    CLASS = "class", _("Class")
    COUNSELING = "counseling", _("Counseling")
    CONTACT = "contact", _("Contact")
    MONEY = "money", _("Money")


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `by` is who wrote it down, as the id of a member of staff.

    `rank` puts in order what was written down at the same instant of a day.
    """

    kind: Kind
    on: date
    title: Sentence
    text: Sentence | str = ""
    by: int | None = None
    who: str = ""
    picture: str = "info"
    tone: str = ""
    href: str = ""
    at: datetime | None = None
    rank: int = 0


@dataclass(frozen=True)
class Section:
    """A stretch of the timeline under one heading."""

    heading: Sentence | str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Timeline:
    """What a page shows: chips of the kinds that occur, sections, and what is left out."""

    chips: list[dict[str, Any]] = field(default_factory=list)
    sections: tuple[Section, ...] = ()
    shown: int = 0
    older: int = 0


def laid_out(
    entries: Iterable[Entry],
    names: Mapping[int, str],
    today: date,
    *,
    kind: str = "",
    whole: bool = False,
) -> Timeline:
    """Return the timeline, newest first, narrowed to one kind if `kind` names one."""
    found = sorted(entries, key=_order, reverse=True)
    asked = Kind(kind) if kind in set(Kind) else None
    wanted = [each for each in found if asked is None or each.kind is asked]
    shown = wanted if whole else wanted[:SHOWN]
    named = [replace(each, who=each.who or names.get(each.by or 0, "")) for each in shown]
    sections = tuple(
        Section(heading, tuple(group))
        for heading, group in groupby(named, key=lambda each: _heading(each.on, today))
    )
    return Timeline(_chips(found, asked), sections, len(shown), len(wanted) - len(shown))


def writers(entries: Iterable[Entry]) -> set[int]:
    """Return who wrote the entries down."""
    return {each.by for each in entries if each.by is not None}


def _order(entry: Entry) -> tuple[date, float, int]:
    return entry.on, entry.at.timestamp() if entry.at else 0.0, entry.rank


def _chips(entries: list[Entry], asked: Kind | None) -> list[dict[str, Any]]:
    counts = Counter(each.kind for each in entries)
    every = {"label": _("All"), "count": len(entries), "current": asked is None}
    return [
        {**every, "href": address_with(show=None, whole=None)},
        *(
            {"label": kind.words, "count": counts[kind], "current": kind is asked,
             "href": address_with(show=kind.value, whole=None)}
            for kind in Kind
            if counts[kind]
        ),
    ]  # fmt: skip


def _heading(on: date, today: date) -> Sentence | str:
    """Return the heading of a day: this week, last week, then months."""
    monday = today - timedelta(days=today.weekday())
    if on > today:
        return _("To come")
    if on >= monday:
        return _("This week")
    if on >= monday - timedelta(days=7):
        return _("Last week")
    month = str(format_date(on, "LLLL" if on.year == today.year else "LLLL y"))
    if (on.year, on.month) == (today.year, today.month):
        return _("Earlier in {month}", month=month)
    return month
