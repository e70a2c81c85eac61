"""Issue the certificates of a class together, print them, issue one again."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.sbad.certificates import queries, services
from diversion.sbad.certificates.forms import AgainForm
from diversion.sbad.certificates.papers import sheets
from diversion.sbad.classes import queries as classes
from diversion.sbad.program.views import done
from diversion.sbad.program.way import enrolled
from diversion.sbad.rosters import lines
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("certificates", __name__)
ONE = "/participants/<number:number>/certificate"


@bp.route("/<dated:handle>/certificates", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_MANAGE)
def of_class(handle: str) -> ResponseReturnValue:
    """Show who has a certificate, who can have one, and who not yet; issue them together."""
    form = Form()
    if form.validate_on_submit():
        with refused(form), transaction():
            session = classes.class_for(handle, by=signed_in())
            people = lines.of_class(session, by=signed_in(), why=Act.ROSTER_SHOWN)
            known = queries.enrolled_in(session.id)
            wanted = {known[p.seat.participant_id]: p.language_code for p in people}
            made = services.issue(wanted, by=signed_in(), on=court_today())
            flash_done(_("{count} issued.", count=len(made)))
            return redirect(url_for(".of_class", handle=handle), 303)
    with reading():
        session = classes.class_for(handle, by=signed_in())
        people = lines.of_class(session, by=signed_in(), why=Act.ROSTER_SHOWN)
    known = queries.enrolled_in(session.id)
    return render_template(
        "sbad/certificates/of_class.html", form=form, session=session, people=people,
        known=known, earned=queries.earned(list(known.values())),
        issued=queries.live(list(known.values())),
    ), form.status  # fmt: skip


@bp.get("/<dated:handle>/certificates/print")
@requires(Permission.REGISTRATION_MANAGE)
def print_class(handle: str) -> ResponseReturnValue:
    """Show every valid certificate of a class, one a sheet, each in its language."""
    with reading():
        session = classes.class_for(handle, by=signed_in())
        issued = queries.live(list(queries.enrolled_in(session.id).values()))
        found = sheets(list(issued.values()), by=signed_in(), about=f"class:{handle}")
    back = url_for(".of_class", handle=handle)
    return render_template("sbad/certificates/paper.html", sheets=found, back=back, is_class=True)


@bp.get(ONE)
@requires(Permission.SBAD_FILE_READ)
def show(number: str) -> ResponseReturnValue:
    """Show somebody's valid certificate, to be printed."""
    with reading():
        enrollment = enrolled(number, by=signed_in())
        found = sheets(list(queries.live([enrollment.id]).values()), by=signed_in())
    back = url_for("sbad.program.show", number=number)
    return render_template("sbad/certificates/paper.html", sheets=found, back=back, is_class=False)


@bp.route(f"{ONE}/again", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_MANAGE)
def again(number: str) -> ResponseReturnValue:
    """Issue a new certificate, which voids the old one."""
    form = AgainForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            services.reissue(
                enrolled(number, by=signed_in()), language=form.language.data,
                reason=form.reason.data, by=signed_in(), on=court_today(),
            )  # fmt: skip
            return done(number, _("The old certificate is void."))
    known = queries.of_enrollment(enrolled(number, by=signed_in()).id)
    return render_template(
        "sbad/certificates/again.html", form=form, number=number, known=known
    ), form.status
