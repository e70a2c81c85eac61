"""Show what a person said about being able to pay and what the policy proposes; take it anew."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees import queries as fees
from diversion.fees.ability import queries, services
from diversion.fees.ability.forms import WorksheetForm, policy
from diversion.fees.ability.rules import percent_of, propose
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("ability", __name__)
TRACK = Track.SBAD


@bp.route("/accounts/<number:number>/ability", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def show(number: str) -> ResponseReturnValue:
    """Show the last worksheet with its proposal, and a form for a new one."""
    form = WorksheetForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            services.write_down(
                person, form.facts, **form.beside, key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("The worksheet is kept."))
            return redirect(url_for("fees.ability.show", number=number), 303)
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
        shown = _last(opened)
    return render_template("fees/ability/show.html", form=form, opened=opened, **shown), form.status


def _last(opened: access.Opened) -> dict[str, object]:
    person = opened.participant
    sheet, charges = queries.latest_of(person.id), fees.charges(person.id)
    open_ = fees.owed_by([person.id])[person.id]
    if sheet is None:
        return {"sheet": None, "owed": open_}
    facts = queries.facts_of(sheet)
    return {
        "sheet": sheet, "facts": facts, "owed": open_,
        "sheet_note": services.note_of(sheet, person),
        "percent": percent_of(facts, policy()), "proposal": propose(facts, open_, policy()),
        "charges": [charge for charge in charges if charge.open],
    }  # fmt: skip
