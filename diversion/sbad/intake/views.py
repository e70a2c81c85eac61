"""Take somebody into the class program: a list of tasks, a page for each, saved as one goes."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.intake import answers
from diversion.enrollments.intake.answers import Program
from diversion.enrollments.intake.parts import (
    AGREEMENT,
    CASE,
    CHECK,
    CONTACT,
    OFFER,
    PERSON,
    REVIEW,
)
from diversion.partners.agencies.models import OrganizationKind
from diversion.sbad.intake import services
from diversion.staff.access import requires
from diversion.staff.permissions import Permission

bp = Blueprint("intake", __name__)
PROGRAM = Program(
    track=Track.SBAD,
    templates="sbad/intake",
    parts=(PERSON, CONTACT, CASE, CHECK, REVIEW, OFFER, AGREEMENT),
    # The services to survivors are none of this program's business.
    senders=(OrganizationKind.COURT, OrganizationKind.POLICE, OrganizationKind.OTHER),
    writes=Permission.SBAD_FILE_WRITE,
    record="sbad.file.show",
    takes_money=True,
    enter=services.enter,
    begun=_("The program has begun. The next step is a class day."),
)


@bp.get("")
@requires(Permission.SBAD_FILE_WRITE, Permission.ELIGIBILITY_DECIDE)
def under_way() -> ResponseReturnValue:
    return answers.under_way(PROGRAM)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def start() -> ResponseReturnValue:
    return answers.start(PROGRAM)


@bp.get("/<handle:handle>")
@requires(Permission.SBAD_FILE_WRITE, Permission.ELIGIBILITY_DECIDE)
def show(handle: str) -> ResponseReturnValue:
    return answers.show(PROGRAM, handle)


@bp.route("/<handle:handle>/<part>", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE, Permission.ELIGIBILITY_DECIDE)
def question(handle: str, part: str) -> ResponseReturnValue:
    return answers.question(PROGRAM, handle, part)


@bp.get("/<handle:handle>/onward")
@requires(Permission.SBAD_FILE_WRITE, Permission.ELIGIBILITY_DECIDE)
def onward(handle: str) -> ResponseReturnValue:
    return answers.onward(PROGRAM, handle)


@bp.route("/<handle:handle>/begin", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def begin(handle: str) -> ResponseReturnValue:
    return answers.begin(PROGRAM, handle)


@bp.post("/<handle:handle>/again")
@requires(Permission.SBAD_FILE_WRITE, Permission.ELIGIBILITY_DECIDE)
def again(handle: str) -> ResponseReturnValue:
    return answers.again(PROGRAM, handle)
