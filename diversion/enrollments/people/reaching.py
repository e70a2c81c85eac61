"""Answer for the page that says who may open a record, on both sides."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.enrollments.people.answers import Program
from diversion.enrollments.people.reaching_forms import BLOCKS, GIVEN, KeepForm
from diversion.participants import access
from diversion.participants.assignments import queries, services
from diversion.participants.assignments.models import Reason
from diversion.participants.models import Participant
from diversion.staff.access import signed_in
from diversion.staff.queries import names_of, of_side
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused


def show(program: Program, number: str) -> ResponseReturnValue:
    """Show who is given the record and from whom it is kept; keep it from one more."""
    form, known = KeepForm(), of_side(program.track)
    form.meet(known)
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, program.track, by=signed_in())
            if form.is_first():
                staff, reason = known[form.staff.data], form.reason.data
                services.block(staff, person, reason=reason, by=signed_in())
            flash_done(_("The record is kept from them."))
            is_own = form.staff.data == signed_in().handle  # who then finds nothing here
            there = url_for(".find") if is_own else url_for(".reach", number=number)
            return redirect(there, 303)
    with reading():
        opened = access.open_file(number, program.track, by=signed_in(), why=Act.NAMES_SHOWN)
        given = queries.given(opened.participant, on=court_today())
        kept = queries.kept_from(opened.participant)
        known_by = {each.staff_id for each in given} | {each.staff_id for each in kept}
    return render_template(
        "enrollments/people/reach.html", form=form, number=number, who=opened.identity,
        given=given, kept=kept, names=names_of(known_by),
        why_given=GIVEN, why_kept=BLOCKS, mentoring=Reason.MENTORING,
    ), form.status  # fmt: skip


def end(program: Program, number: str, handle: str) -> ResponseReturnValue:
    """End what stands under a handle."""
    with transaction():
        flash_done(_end(access.find(number, program.track, by=signed_in()), handle))
    return redirect(url_for(".reach", number=number), 303)


def _end(person: Participant, handle: str) -> Sentence:
    """Raises NotYours for what is not of this person, has ended, or ends with a match."""
    for placed in queries.kept_from(person):
        if placed.handle == handle:
            services.lift(placed, by=signed_in())
            return _("Lifted. They find the record again where their work leads there.")
    for each in queries.given(person, on=court_today()):
        if each.handle == handle and each.reason is not Reason.MENTORING:
            services.end(each, by=signed_in())
            return _("Taken back. They don't find the record any more.")
    raise NotYours
