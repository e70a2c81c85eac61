"""Issue the certificates of a class together, print them, issue one again."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core.database import reading, transaction
from diversion.core.words import Sentence, _
from diversion.sbad.certificates import papers, queries, services
from diversion.sbad.certificates.forms import AgainForm, FirstForm
from diversion.sbad.certificates.papers import Sheet
from diversion.sbad.classes import queries as classes
from diversion.sbad.program.asking import question
from diversion.sbad.program.views import done
from diversion.sbad.program.way import enrolled
from diversion.sbad.rosters import lines
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused
from diversion.web.pdf import asking

bp = Blueprint("certificates", __name__)
FILES = "sbad.certificate_files"
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
        known=known, earned=queries.earned_on(list(known.values())),
        issued=queries.live(list(known.values())),
        as_file=_file(url_for(f"{FILES}.of_class", handle=handle)),
    ), form.status  # fmt: skip


@bp.get("/<dated:handle>/certificates/print")
@requires(Permission.REGISTRATION_MANAGE)
def print_class(handle: str) -> ResponseReturnValue:
    """Show every valid certificate of a class, one a sheet, each in its language."""
    with reading():
        _session, found = papers.of_class(handle, by=signed_in())
    back = url_for(".of_class", handle=handle)
    return _paper(found, back, _file(url_for(f"{FILES}.of_class", handle=handle)), is_class=True)


@bp.get(ONE)
@requires(Permission.SBAD_FILE_READ)
def show(number: str) -> ResponseReturnValue:
    """Show somebody's valid certificate, to be printed."""
    with reading():
        found = papers.of_one(number, by=signed_in())
    back = url_for("sbad.program.show", number=number)
    return _paper(found, back, _file(url_for(f"{FILES}.of_one", number=number)), is_class=False)


@bp.route(f"{ONE}/again", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_MANAGE)
def again(number: str) -> ResponseReturnValue:
    """Issue a certificate to one person, or a new one, which voids the old."""
    known = queries.of_enrollment(enrolled(number, by=signed_in()).id)
    live = next((each.number for each in known if each.voided_at is None), "")
    form = AgainForm() if live else FirstForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            return done(number, _give(number, form) if form.is_first() else _("Issued."))
    if isinstance(form, AgainForm):
        form.old.data = live
    return question("sbad/certificates/again.html", number, form, known=known, is_first=not live)


def _give(number: str, form: FirstForm) -> Sentence:
    enrollment, language, on = enrolled(number, by=signed_in()), form.language.data, court_today()
    if isinstance(form, AgainForm):
        services.reissue(
            enrollment, language=language, reason=form.reason.data, instead_of=form.old.data,
            by=signed_in(), on=on,
        )  # fmt: skip
        return _("The old certificate is void.")
    if not services.issue({enrollment.id: language}, by=signed_in(), on=on):
        raise services.NotEarned
    return _("Issued.")


def _paper(found: list[Sheet], back: str, as_file: str, *, is_class: bool) -> ResponseReturnValue:
    return render_template(
        "sbad/certificates/paper.html", sheets=found, back=back, is_class=is_class,
        as_file=as_file if found else "",
    )  # fmt: skip


def _file(address: str) -> str:
    """Return where the PDF is, if this installation makes any; else it is printed."""
    return address if asking.is_installed() else ""
