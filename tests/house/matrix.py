"""Write down who may enter what: a line for each route and method, with every role that may.

`python -m tests.house.matrix` rewrites the committed file; read the difference before
you commit it.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from diversion.app import create_app
from diversion.core import clock
from diversion.core.tracks import Track
from diversion.staff.access import Rule, rule_of
from diversion.staff.models import RoleGrant, Staff, StaffStatus
from diversion.staff.permissions import SIDES, Role, side_of
from tests import databases

FILE = Path(__file__).with_name("matrix.txt")
HEAD = """\
# Who may enter what. A role that is not named gets the same 404 as for what does not exist.
# deputy_da@side: while working on that side. +factor: a code not older than five minutes.
"""


def text(app: Flask) -> str:
    """Return the matrix of `app`."""
    return HEAD + "".join(f"{line}\n" for line in sorted(_lines(app)))


def people() -> dict[str, Staff]:
    """Return one person for each role, and for each side on which a role may work."""
    found: dict[str, Staff] = {}
    for role in Role:
        sides = sorted(SIDES[role]) if len(SIDES[role]) > 1 else [None]
        for side in sides:
            found[f"{role}@{side}" if side else str(role)] = person(role, side)
    return found


def person(role: Role, side: Track | None) -> Staff:
    now = clock.now()
    staff = Staff(email="x@county.example", name="X", status=StaffStatus.ACTIVE, created_at=now)
    staff.grants = [RoleGrant(role=role, side=side_of(role), asked_at=now, in_force_at=now)]
    staff.active_track = side
    return staff


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield the method, path and endpoint of everything the program answers."""
    for route in app.url_map.iter_rules():
        for method in sorted(set(route.methods or ()) - {"HEAD", "OPTIONS"}):
            yield method, str(route.rule), route.endpoint


def _lines(app: Flask) -> Iterator[str]:
    everyone = people()
    for method, path, endpoint in routes(app):
        if endpoint == "static":
            who = "everyone"
        else:
            who = _who(rule_of(app.view_functions[endpoint]), everyone)
        yield f"{path} {method}: {who}"


def _who(rule: Rule | None, everyone: dict[str, Staff]) -> str:
    if rule is None:
        return "NOBODY"
    if rule.is_public:
        return "everyone"
    if rule.is_half_way:
        return "signed in, also half-way"
    names = [name for name, staff in everyone.items() if rule.admits(staff)]
    who = "signed in" if len(names) == len(everyone) else ", ".join(names)
    return f"{who or 'NOBODY'}{' +factor' if rule.needs_fresh_factor else ''}"


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    url = f"sqlite:///{folder / 'none.sqlite3'}"
    FILE.write_text(text(create_app({**databases.settings(folder), "DATABASE_URL": url})))


if __name__ == "__main__":
    main()
