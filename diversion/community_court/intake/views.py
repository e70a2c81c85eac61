"""Take somebody into Community Court: a list of tasks, a page for each, saved as one goes."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from diversion.community_court.intake import services
from diversion.community_court.intake.parts import PARTS
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.intake import answers
from diversion.enrollments.intake.answers import Program
from diversion.partners.agencies.models import OrganizationKind
from diversion.staff.access import requires
from diversion.staff.permissions import Permission

bp = Blueprint("intake", __name__)
PROGRAM = Program(
    track=Track.COMMUNITY_COURT,
    templates="community_court/intake",
    parts=PARTS,
    senders=tuple(OrganizationKind),
    writes=Permission.COURT_FILE_WRITE,
    record="community_court.file.show",
    takes_money=False,
    enter=services.enter,
    begun=_("The program has begun. The next step is a court day."),
)


@bp.get("")
@requires(Permission.COURT_FILE_WRITE)
def under_way() -> ResponseReturnValue:
    return answers.under_way(PROGRAM)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.COURT_FILE_WRITE)
def start() -> ResponseReturnValue:
    return answers.start(PROGRAM)


@bp.get("/<handle:handle>")
@requires(Permission.COURT_FILE_WRITE)
def show(handle: str) -> ResponseReturnValue:
    return answers.show(PROGRAM, handle)


@bp.route("/<handle:handle>/<part>", methods=["GET", "POST"])
@requires(Permission.COURT_FILE_WRITE)
def question(handle: str, part: str) -> ResponseReturnValue:
    return answers.question(PROGRAM, handle, part)


@bp.get("/<handle:handle>/onward")
@requires(Permission.COURT_FILE_WRITE)
def onward(handle: str) -> ResponseReturnValue:
    return answers.onward(PROGRAM, handle)


@bp.route("/<handle:handle>/begin", methods=["GET", "POST"])
@requires(Permission.COURT_FILE_WRITE)
def begin(handle: str) -> ResponseReturnValue:
    return answers.begin(PROGRAM, handle)


@bp.post("/<handle:handle>/again")
@requires(Permission.COURT_FILE_WRITE)
def again(handle: str) -> ResponseReturnValue:
    return answers.again(PROGRAM, handle)
