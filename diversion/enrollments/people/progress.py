"""List who is complete and who is not, naming what is missing: two statements for all lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.audit.models import Act
from diversion.core.tracks import Track
from diversion.core.words import Sentence, Worded, _
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.conditions.queries import standings
from diversion.enrollments.conditions.rules import Standing, only_money_left, still_missing
from diversion.enrollments.people import queries
from diversion.enrollments.people.rules import DONE
from diversion.enrollments.standing import Place, place
from diversion.participants import access
from diversion.staff.models import Staff
from diversion.web.paging import Page, address_with, page_of

S = EnrollmentState


class Asked(Worded):
    """Which people the list shows."""

    MISSING = "missing", _("Something is missing")
    MET = "met", _("All done, not yet completed")
    COMPLETE = "complete", _("Completed")

    @classmethod
    def of(cls, text: str) -> "Asked":
        return cls(text) if text in set(cls) else cls.MISSING


STATES: dict[Asked, frozenset[EnrollmentState]] = {
    Asked.MISSING: frozenset({S.PENDING, S.ACTIVE, S.SUSPENDED, S.TERMINATION_PENDING}),
    Asked.MET: frozenset({S.REQUIREMENTS_MET, S.MONITORING}),
    Asked.COMPLETE: DONE,
}


@dataclass(frozen=True)
class Line:
    """One person: how much is met, what is missing, and whether that is money alone."""

    number: str
    name: str
    place: Place
    met: int
    wanted: int
    missing: tuple[Sentence | str, ...]
    only_money: bool
    overdue: bool
    until: date | None


def page(track: Track, asked: Asked, *, by: Staff, on: date) -> tuple[Page[Any], list[Line]]:
    """Return the page of the list that the address asks for. Inside `with reading():`."""
    found = page_of(queries.in_states(track, access.visible_to(by, track), STATES[asked]))
    names = access.open_names(
        [row.id for row in found.rows], track, by=by, why=Act.NAMES_SHOWN, about="list:progress"
    )
    stand = standings([row.enrollment_id for row in found.rows])
    return found, [
        _line(row, names[row.id].shown, stand[row.enrollment_id], on)
        for row in found.rows
        if row.id in names
    ]


def chips(asked: Asked) -> list[dict[str, Any]]:
    """Return a chip for each choice."""
    return [
        {"label": each.words, "href": address_with(show=each.value, page=None),
         "current": each is asked}
        for each in Asked
    ]  # fmt: skip


def _line(row: Any, name: str, stand: Sequence[Standing], on: date) -> Line:
    missing = still_missing(stand)
    return Line(
        number=row.number,
        name=name,
        place=place(row.state, row.referral_state),
        met=sum(each.met for each in stand),
        wanted=len(stand),
        missing=tuple(_short(each) for each in missing),
        only_money=only_money_left(stand),
        overdue=any(each.overdue(on) for each in missing),
        until=row.monitored_until_on,
    )


def _short(each: Standing) -> Sentence | str:
    if each.wanted == 1:
        return each.label
    return _("{label}, {done} of {wanted}", label=each.label, done=each.done, wanted=each.wanted)
