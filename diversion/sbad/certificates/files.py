"""Give out certificates as tagged PDF: one person's, or those of a class in one file."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.core.database import reading
from diversion.core.errors import NotYours
from diversion.sbad.certificates import papers
from diversion.sbad.certificates.papers import Sheet
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web import downloads
from diversion.web.pdf import asking

bp = Blueprint("certificate_files", __name__)


@bp.get("/<dated:handle>/certificates/pdf")
@requires(Permission.REGISTRATION_MANAGE)
def of_class(handle: str) -> ResponseReturnValue:
    """Send every valid certificate of a class, one a page, each in its language."""
    with reading():
        session, found = papers.of_class(handle, by=signed_in())
    return _sent(found, f"{session.held_on}_certificates.pdf")


@bp.get("/participants/<number:number>/certificate/pdf")
@requires(Permission.SBAD_FILE_READ)
def of_one(number: str) -> ResponseReturnValue:
    """Send somebody's valid certificate, named by its own number."""
    with reading():
        found = papers.of_one(number, by=signed_in())
    return _sent(found, f"{found[0].number}_certificate.pdf" if found else "")


def _sent(found: Sequence[Sheet], name: str) -> ResponseReturnValue:
    if not found or not asking.is_installed():
        raise NotYours
    page = render_template("sbad/certificates/pdf.html", sheets=found)
    return downloads.send(asking.pdf_of(page), name)
