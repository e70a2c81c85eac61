"""Apply a credit to what is owed, after showing what it would settle."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.money import ZERO
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees import queries as fees
from diversion.fees.applied import services
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import CreatingForm, refused

bp = Blueprint("applied", __name__)
TRACK = Track.SBAD


class ApplyForm(CreatingForm):
    """What the page showed goes with it, so that nothing else is applied."""

    seen = HiddenField()


@bp.route("/accounts/<number:number>/credit", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def apply(number: str) -> ResponseReturnValue:
    """Show what the credit would settle, and settle it."""
    form = ApplyForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            made = services.apply(
                person, seen=form.seen.data or "", key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("{amount} of the credit is applied.", amount=made.amount))
            return redirect(url_for("fees.accounts.show", number=number), 303)
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
    shown = _beside(opened.participant.id)
    form.seen.data = services.standing(opened.participant.id)
    return render_template(
        "fees/applied/apply.html", form=form, opened=opened, **shown
    ), form.status


def _beside(who: int) -> dict[str, object]:
    open_, credit = fees.owed_by([who])[who], fees.credit_of(who)
    return {
        "owed": open_, "credit": credit, "applied": min(open_, credit),
        "after": max(open_ - credit, ZERO), "rest": max(credit - open_, ZERO),
    }  # fmt: skip
