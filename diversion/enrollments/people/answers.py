"""Answer for the pages of people that both programs have; each program names who may enter."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import Sentence
from diversion.enrollments.intake.parts import Part
from diversion.enrollments.people import lists, progress
from diversion.enrollments.people.lists import Line
from diversion.enrollments.people.looks import looks
from diversion.enrollments.people.rules import Group
from diversion.participants import access
from diversion.participants.search import TooShort
from diversion.staff.access import signed_in
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused


@dataclass(frozen=True)
class Program:
    """What these pages ask of a program: its side, its own templates, and the next day of people.

    `next_days` leaves out whoever has none from a day onward. `after` is the endpoint of what
    follows the last requirement, where the program has such a page.
    """

    track: Track
    templates: str
    next_days: Callable[[Collection[int], date], dict[int, date]]
    after: str = ""


def find(program: Program) -> ResponseReturnValue:
    """List whom one may see."""
    group = Group.asked(request.args.get("status", ""))
    with reading():
        page, lines = lists.page(program.track, group, by=signed_in())
        soon = _soon(program, lines)
    return render_template(
        f"{program.templates}/find.html",
        page=page,
        chips=lists.chips(group),
        **lists.shown(lines, soon),
    )


def search(program: Program) -> ResponseReturnValue:
    """Answer a search; it is posted, so that no name is ever in an address."""
    text, too_short = request.form.get("q", "").strip()[:100], False
    lines: list[Line] = []
    try:
        with reading():
            lines = lists.hits(program.track, text, by=signed_in())
    except TooShort:
        too_short = True
    shown = lists.shown(lines, _soon(program, lines))
    part = "hits" if request.headers.get("HX-Request") else "search"
    return render_template(
        f"enrollments/people/{part}.html", text=text, too_short=too_short, **shown
    )


def correct(program: Program, number: str, part: Part, done: Sentence) -> ResponseReturnValue:
    """Correct one part of a record; `done` is said once it is saved."""
    form = part.form()
    if form.validate_on_submit():
        with refused(form), transaction():
            opened = access.open_file(number, program.track, by=signed_in(), why=Act.FILE_OPENED)
            part.save(opened, form, signed_in(), court_today())
            flash_done(done)
            return redirect(url_for(".show", number=number), 303)
    with reading():
        opened = access.open_file(number, program.track, by=signed_in(), why=Act.FILE_OPENED)
    return render_template(
        "enrollments/people/amend.html", form=part.filled(form, opened), part=part, number=number
    ), form.status


def who_looked(program: Program, number: str) -> ResponseReturnValue:
    """Say who looked at a record."""
    with reading():
        participant = access.find(number, program.track, by=signed_in())
        found = looks(participant, by=signed_in())
    return render_template("enrollments/people/who_looked.html", looks=found, number=number)


def who_is_complete(program: Program) -> ResponseReturnValue:
    """List who is complete and who is not, with what is missing."""
    asked = progress.Asked.of(request.args.get("show", ""))
    with reading():
        page, lines = progress.page(program.track, asked, by=signed_in(), on=court_today())
    return render_template(
        "enrollments/people/progress.html", page=page, lines=lines, chips=progress.chips(asked),
        after=url_for(program.after) if program.after else "",
    )  # fmt: skip


def _soon(program: Program, lines: list[Line]) -> dict[int, date]:
    return program.next_days([line.id for line in lines], court_today())
