"""Tell anybody who holds a code whether the certificate is valid, and nothing else."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.sbad.certificates import queries
from diversion.staff.access import public
from diversion.web.limits import limiter

bp = Blueprint("public", __name__)
AT_MOST = "20 per minute; 200 per day"


@bp.get("/certificates/<handle:code>")
@public
@limiter.limit(AT_MOST)
def check(code: str) -> ResponseReturnValue:
    """Answer alike, whether no such code was ever given or the paper is void."""
    return render_template("sbad/certificates/check.html", completed_on=queries.valid(code))
