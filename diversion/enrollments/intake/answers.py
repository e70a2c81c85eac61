"""Answer for the pages of an intake that both programs have; each names who may enter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours, Refused
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.enrollments.intake import pages
from diversion.enrollments.intake.drafts import Draft, open_draft
from diversion.enrollments.intake.forms import AgainForm
from diversion.enrollments.intake.parts import Part
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.queries import referral_for
from diversion.participants import access
from diversion.partners.agencies.models import OrganizationKind
from diversion.staff.access import signed_in
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import Form, refused


class Enter(Protocol):
    """Let the program begin for somebody."""

    def __call__(self, enrollment: Enrollment, /, *, by: Staff, on: date) -> None: ...


@dataclass(frozen=True)
class Program:
    """What these pages ask of a program.

    `senders` are the kinds of agencies that it may be told of. `writes` is held by whoever
    takes people in; the others only decide. `record` is the endpoint of a person's page.
    `begun` is said once `enter` let the program begin.
    """

    track: Track
    templates: str
    parts: Sequence[Part]
    senders: Collection[OrganizationKind]
    writes: Permission
    record: str
    takes_money: bool
    enter: Enter
    begun: Sentence

    def opened(self, handle: str) -> Draft:
        """Open an intake. Inside `with reading():` or a transaction. Raises NotYours."""
        return open_draft(handle, self.track, by=signed_in())

    def tasks(self, draft: Draft) -> list[pages.Task]:
        return pages.tasks(draft, self.parts, decides_only=self.decides_only)

    @property
    def decides_only(self) -> bool:
        return not signed_in().may(self.writes)

    def address_of(self, number: str) -> str:
        return url_for(self.record, number=number)


def under_way(program: Program) -> ResponseReturnValue:
    """List the intakes that are not finished."""
    with reading():
        page, lines = pages.under_way(program.track, by=signed_in())
    return render_template(f"{program.templates}/under_way.html", page=page, lines=lines)


def start(program: Program) -> ResponseReturnValue:
    """Begin: who it is and who sent them; someone like it on record is asked about."""
    agencies = pages.agencies(program.senders, court_today())
    form, begun = pages.start_form(agencies, court_today()), None
    if form.validate_on_submit():
        with refused(form), transaction():
            begun = pages.begin(program.track, form, agencies, by=signed_in(), on=court_today())
            if begun.enrolled:
                return redirect(program.address_of(begun.enrolled), 303)
            if begun.handle:
                return redirect(url_for(".show", handle=begun.handle), 303)
            pages.ask_again(form, begun)
    return render_template("enrollments/intake/start.html", form=form, begun=begun), form.status


def show(program: Program, handle: str) -> ResponseReturnValue:
    """Show what is done and what is next."""
    with reading():
        draft = program.opened(handle)
    tasks = program.tasks(draft)
    return render_template(
        "enrollments/intake/show.html", draft=draft, form=AgainForm(), tasks=tasks,
        next=pages.upcoming(tasks),
        begins=not program.decides_only, record=program.address_of(draft.participant.number),
    )  # fmt: skip


def question(program: Program, handle: str, key: str) -> ResponseReturnValue:
    """Ask the questions of the part called `key` and save the answers."""
    part = pages.part_of(program.parts, key, decides_only=program.decides_only)
    form = part.form()
    if form.validate_on_submit():
        with refused(form), transaction():
            draft = program.opened(handle)
            if form.is_first():
                pages.save(part, draft, form, by=signed_in(), on=court_today())
            return redirect(_next(program, handle, key), 303)
    with reading():
        draft = program.opened(handle)
    return render_template(
        "enrollments/intake/question.html", part=part, draft=draft,
        form=part.filled(form, draft), parts=program.parts,
        money=program.takes_money,
    ), form.status  # fmt: skip


def _next(program: Program, handle: str, key: str) -> str:
    """Return where to go on; whoever reached the intake only for this step goes on with Today."""
    try:
        referral_for(handle, program.track, access.visible_to(signed_in(), program.track))
    except NotYours:
        flash_done(_("Written down."))
        return url_for("dashboard.today.show")
    return url_for(".onward", handle=handle, after=key)


def onward(program: Program, handle: str) -> ResponseReturnValue:
    """Go on with the part that is next, or back to the list of tasks."""
    with reading():
        tasks = program.tasks(program.opened(handle))
    upcoming = pages.upcoming(tasks, after=request.args.get("after", ""))
    if upcoming is None:
        return redirect(url_for(".show", handle=handle), 303)
    return redirect(url_for(".question", handle=handle, part=upcoming.key), 303)


def begin(program: Program, handle: str) -> ResponseReturnValue:
    """Read it all together, then begin."""
    form = Form()
    if form.validate_on_submit():
        with refused(form), transaction():
            draft = program.opened(handle)
            program.enter(pages.enrolled(draft), by=signed_in(), on=court_today())
            flash_done(program.begun)
            return redirect(program.address_of(draft.participant.number), 303)
    with reading():
        draft = program.opened(handle)
    return render_template(
        "enrollments/intake/begin.html", draft=draft, form=form, money=program.takes_money
    ), form.status


def again(program: Program, handle: str) -> ResponseReturnValue:
    """Look again at a decision, with a reason, or offer again after a no."""
    form = AgainForm()
    form.validate()
    try:
        with transaction():
            draft = program.opened(handle)
            pages.look_again(draft, form.reason.data, by=signed_in(), on=court_today())
    except Refused as no:
        flash_note(no.sentence)
    return redirect(url_for(".show", handle=handle), 303)
