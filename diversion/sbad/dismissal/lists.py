"""Make the lines of people who wait for something after the last requirement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.audit.models import Act
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.sbad.dismissal.stages import Stage, day_of, waiting
from diversion.staff.models import Staff
from diversion.web.paging import Page, Sort, address_with, page_of, sort_asked, sorted_by


@dataclass(frozen=True)
class Line:
    """One person; `name` was opened, and the log says so."""

    number: str
    name: str
    day: date | None


def page(stage: Stage, *, by: Staff, on: date) -> tuple[Page[Any], Sort, list[Line]]:
    """Return the page of a stage that the address asks for. Inside `with reading():`."""
    columns = {"day": day_of(stage), "number": Participant.number}
    people, sort = waiting(stage, access.visible_to(by, Track.SBAD), on), sort_asked(columns, "day")
    found = page_of(sorted_by(people.order_by(None), sort, columns, Enrollment.id))
    names = access.open_names(
        [row.id for row in found.rows], Track.SBAD, by=by, why=Act.NAMES_SHOWN,
        about=f"list:{stage}",
    )  # fmt: skip
    return (
        found,
        sort,
        [Line(row.number, names[row.id].shown, row.day) for row in found.rows if row.id in names],
    )


def chips(stage: Stage) -> list[dict[str, Any]]:
    """Return a chip for each stage."""
    return [
        {"label": each.words, "href": address_with(show=each.value, page=None),
         "current": each is stage}
        for each in Stage
    ]  # fmt: skip
