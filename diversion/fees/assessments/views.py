"""Charge by hand where an enrollment did not, after showing what the terms say."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees.assessments import by_hand, queries, services
from diversion.fees.assessments.forms import ChargeForm
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("assessments", __name__)
TRACK = Track.SBAD


@bp.route("/accounts/<number:number>/charge", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def charge(number: str) -> ResponseReturnValue:
    """Charge the fee of the terms, or another amount with its reason."""
    form = ChargeForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            by_hand.charge(
                person, form.amount.data, form.reason.data, key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("The fee is charged."))
            return redirect(url_for("fees.accounts.show", number=number), 303)
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
    shown = services.preview(queries.to_charge(opened.participant.id), court_today())
    return render_template(
        "fees/assessments/charge.html", form=form, opened=opened, **shown
    ), form.status
