"""Know every address of the program, and whose ids may stand in it."""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from diversion.core.database import Base, db
from diversion.core.tracks import Track, public_number
from diversion.staff.access import rule_of
from diversion.staff.models import Staff
from tests.house import reach

LINK = re.compile(r'(?:href|action|formaction|hx-get|hx-post)="(/[^"#]*)')
NAMES = ("handle", "number")
IDS_OF_A_TABLE = 2
OTHER_TABLES = 4  # how many other tables are tried in a place; the long runs try all
FLOORS = {"diversion.community_court": Track.COMMUNITY_COURT, "diversion.sbad": Track.SBAD}
MADE_UP: dict[str, Any] = {
    "dated": "2026-12-05-zzzz", "day": "2026-12-05", "integer": 1, "number": public_number(2099, 9),
}  # fmt: skip
ABSENT = (public_number(2099, 9999), "zzzzzzzzzz", "2026-12-05-zzzz", "zzzz")


@dataclass
class Seen:
    """What somebody came across: the bodies of the pages, and the parts of their addresses."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def ids_of(track: Track) -> dict[str, str]:
    """Return names of rows that stand on one side of the wall, each with its table."""
    found: dict[str, str] = {}
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        name = next((each for each in NAMES if each in table.columns), None)
        floor = next((t for f, t in FLOORS.items() if mapper.class_.__module__.startswith(f)), None)
        if name is None or (floor not in {None, track}):
            continue
        query = select(table.c[name])
        if "track" in table.columns:
            query = query.where(table.c.track == track)
        elif floor is None:
            continue
        for value in db.session.scalars(query.order_by(table.c[name])):
            found.setdefault(str(value), str(table.name))
    return found


def strangers_to(
    place: str, tables: Mapping[str, str], ids: Mapping[str, str], route: str
) -> list[str]:
    """Return the `ids` to try where `place` stands: two of its own table, one of some others.

    `tables` says of every id in which table it stands; where it does not know that of
    `place`, one of each may be tried. Every route begins with another table, so that all come up.
    """
    of: dict[str, list[str]] = defaultdict(list)
    for each, table in sorted(ids.items()):
        of[table].append(each)
    own = tables.get(place, "")
    others = sorted(set(of) - {own})
    first = zlib.crc32(route.encode()) % len(others)
    some = (others[first:] + others[:first])[: OTHER_TABLES if own else None]
    return of[own][:IDS_OF_A_TABLE] + [of[table][0] for table in some]


def seen_of(program: Flask, found: reach.Pages) -> Seen:
    """Return the bodies of the pages that somebody reached, and what stands in their addresses."""
    seen = Seen()
    for pages in found.values():
        for address, page in pages.items():
            seen.bodies[address] = page.data
            for link in {address, *reach.links(page, LINK)}:
                for method in ("GET", "POST"):
                    endpoint, parts = match(program, link, method)
                    if endpoint:
                        seen.parts[endpoint, method].append(parts)
    return seen


def match(program: Flask, address: str, method: str) -> tuple[str | None, dict[str, Any]]:
    """Return the endpoint that answers and the parts of the address; None for neither."""
    path = address.partition("?")[0]
    try:
        endpoint, parts = program.url_map.bind("localhost").match(path, method=method)
    except HTTPException:
        return None, {}
    return str(endpoint), dict(parts)


def open_to(program: Flask, staff: Staff) -> Iterator[tuple[Rule, str]]:
    """Yield the routes with parts, by method, that the guard opens to somebody."""
    for route in program.url_map.iter_rules():
        rule = rule_of(program.view_functions[route.endpoint])
        if not route.arguments or rule is None or rule.is_public or not rule.admits(staff):
            continue
        for method in sorted({"GET", "POST"} & set(route.methods or ())):
            yield route, method


def attempts(
    program: Flask,
    route: Rule,
    samples: list[dict[str, Any]],
    ids: Mapping[str, str],
    tables: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield pairs of addresses of a route: with one of `ids` in a place, and with an absent id.

    No address comes twice: where a route has one place, every sample leads to the same.
    """
    known: set[str] = set()
    for place in sorted(route.arguments):
        for sample in samples[:2] or [_made_up(route)]:
            nowhere = _nowhere(program, route, sample, place)
            if not nowhere or not isinstance(sample[place], str):
                continue
            strangers = strangers_to(sample[place], tables, ids, route.rule)
            there = (build(program, route, {**sample, place: each}) for each in strangers)
            fitting = list(islice(filter(None, there), IDS_OF_A_TABLE + OTHER_TABLES))
            yield from ((each, nowhere) for each in fitting if each not in known)
            known.update(fitting)


def _nowhere(program: Flask, route: Rule, sample: Mapping[str, Any], place: str) -> str | None:
    """Return the address with an id in `place` that nothing has."""
    without = (build(program, route, {**sample, place: each}) for each in ABSENT)
    return next(filter(None, without), None)


def _made_up(route: Rule) -> dict[str, Any]:
    """Return parts that fit, for a route of which the county has no address to follow."""
    kinds = {
        name: type(converter).__name__.lower().removesuffix("converter")
        for name, converter in route._converters.items()
    }
    return {name: MADE_UP.get(kind, "zzzzzzzzzz") for name, kind in kinds.items()}


def build(program: Flask, route: Rule, parts: Mapping[str, Any]) -> str | None:
    """Return the address, or None where a part does not fit its place."""
    try:
        path = program.url_map.bind("localhost").build(route.endpoint, dict(parts))
    except (HTTPException, ValueError, KeyError, TypeError):
        return None
    methods = route.methods or set()
    method = "GET" if "GET" in methods else "POST"
    return path if match(program, path, method)[0] == route.endpoint else None
