"""Show who still needs a seat, and give several of them seats at once."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.sbad.rosters.views import register
from diversion.sbad.seats import mends, people, queries
from diversion.sbad.seats.forms import SeatsForm
from diversion.sbad.seats.people import Asked
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import at_court, court_today
from diversion.web.forms import refused
from diversion.web.paging import address_with

bp = Blueprint("seats", __name__)


@bp.route("/seats", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_MANAGE)
def show() -> ResponseReturnValue:
    asked, days = Asked.of(request.args.get("show", "")), queries.to_come(at_court(clock.now()))
    person = request.args.get("person", "")
    form = SeatsForm()
    form.offer(days)
    if form.validate_on_submit():
        with refused(form), transaction():
            register(form.day.data, form)
            return redirect(_back(asked, person), 303)
    with reading():
        found = people.chosen(asked, days, by=signed_in(), on=court_today(), number=person)
    return render_template(
        "sbad/seats/show.html", form=form, found=found, asked=asked, chips=_chips(asked, found),
        chosen=_ticked(form, person, found), has_days=bool(form.day.choices),
        mends=mends.offered(found.lines, days) if asked is Asked.DANGER else [],
    ), form.status  # fmt: skip


def _back(asked: Asked, person: str) -> str:
    if person:
        return url_for("sbad.file.show", number=person)
    return url_for(".show", show=asked.value)


def _ticked(form: SeatsForm, person: str, found: people.Found) -> set[str]:
    """Return who is ticked: whom the form names, or the one the page is about."""
    if form.is_submitted() or not person:
        return set(form.people.data or ())
    return {each.handle for each in found.lines}


def _chips(asked: Asked, found: people.Found) -> list[dict[str, object]]:
    return [
        {"label": each.words, "href": address_with(show=each.value), "current": each is asked,
         "count": found.counts[each]}
        for each in Asked
    ]  # fmt: skip
