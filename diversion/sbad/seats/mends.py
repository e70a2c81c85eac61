"""Offer what helps people for whom no seat is left in time: seats, days, the waiting list."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from diversion.core.words import Sentence, _, counted
from diversion.sbad.classes.models import ClassState
from diversion.sbad.seats.people import Line
from diversion.sbad.seats.queries import Day
from diversion.sbad.seats.rules import USUAL
from diversion.staff.access import signed_in
from diversion.staff.permissions import Permission
from diversion.web.filters import day

AT_MOST = 4


@dataclass(frozen=True)
class Mend:
    """A way out, and the page where it is done."""

    title: Sentence
    link: str
    text: Sentence


def offered(lines: Sequence[Line], days: Sequence[Day]) -> list[Mend]:
    """Return what can be done about class days, the next one first; longest for those in line.

    A class day that is too late for everyone in the list, or in a language that none of them
    speaks, helps nobody and is left out.
    """
    latest = max((each.until for each in lines if each.until), default=None)
    if latest is None or not signed_in().may(Permission.CLASS_MANAGE):
        return []
    spoken = {USUAL, *(each.language for each in lines)}
    in_time = [each for each in days if each.held_on <= latest and each.language in spoken]
    found = [mend for each in in_time for mend in _of_day(each)][:AT_MOST]
    another = Mend(
        _("Plan another class"), url_for("sbad.classes.new"),
        _("Before the last day of these people."),
    )  # fmt: skip
    return [*found, another]


def _of_day(each: Day) -> list[Mend]:
    on = day(each.held_on)
    if each.state is ClassState.DRAFT:
        link = url_for("sbad.days.show", handle=each.handle)
        text = counted("One seat, still a draft.", "{count} seats, still a draft.", each.capacity)
        return [Mend(_("Open the class of {day}", day=on), link, text)]
    if each.state is ClassState.REGISTRATION_CLOSED and each.left:
        link = url_for("sbad.days.show", handle=each.handle)
        text = counted(
            "One seat left, but registration is closed.",
            "{count} seats left, but registration is closed.", each.left,
        )  # fmt: skip
        return [Mend(_("Open registration for {day} again", day=on), link, text)]
    if each.left == 0:
        link = url_for("sbad.calendar.amend", handle=each.handle)
        text = _(
            "All {all} seats are taken; in line: {count}.", all=each.capacity, count=each.waiting
        )
        return [Mend(_("Add seats on {day}", day=on), link, text)]
    return []
