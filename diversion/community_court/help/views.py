"""Show what the fund was asked for a person, and ask it for more."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.community_court.help import queries, services
from diversion.community_court.help.forms import help_form
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fund.awards import queries as awards
from diversion.fund.vouchers.rows import line_of
from diversion.fund.vouchers.rules import State
from diversion.fund.vouchers.services import Bill
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("help", __name__)
TRACK = Track.COMMUNITY_COURT


@bp.get("/participants/<number:number>/help")
@requires(Permission.HELP_ASK)
def show(number: str) -> ResponseReturnValue:
    """List the vouchers of a person with what each cost."""
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
    lines = [line_of(row) for row in queries.of_person(opened.participant.id)]
    paid = [line.amount for line in lines if line.state is State.PAID]
    return render_template(
        "community_court/help/show.html", number=number, who=opened.identity, lines=lines,
        count=len(paid), paid=Money.total(paid),
    )  # fmt: skip


@bp.route("/participants/<number:number>/help/new", methods=["GET", "POST"])
@requires(Permission.HELP_ASK)
def ask(number: str) -> ResponseReturnValue:
    """Ask for a voucher; finance reads its code, and never whom it is for."""
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
    form = help_form(awards.open_awards())
    if form.validate_on_submit():
        bill = Bill(form.amount.data, form.reference.data)
        with refused(form), transaction():
            services.ask(
                opened.participant, awards.award(form.award.data), bill, key=form.key,
                by=signed_in(), on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("Asked. Somebody else decides."))
            return redirect(url_for("community_court.help.show", number=number), 303)
    page = render_template(
        "community_court/help/ask.html", form=form, number=number, who=opened.identity
    )
    return page, form.status
