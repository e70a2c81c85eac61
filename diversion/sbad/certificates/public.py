"""Tell anybody who holds a code whether the certificate is valid, and nothing else."""

import re

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.sbad.certificates import queries
from diversion.staff.access import public
from diversion.web.limits import limiter

bp = Blueprint("public", __name__)
AT_MOST = "20 per minute; 200 per day"


@bp.get("/certificates/<string(maxlength=60):code>")
@public
@limiter.limit(AT_MOST)
def check(code: str) -> ResponseReturnValue:
    """Answer alike, whether no such code was ever given or the paper is void.

    A code is read as it is typed off the paper: in groups, in capitals.
    """
    typed = re.sub(r"[\s-]", "", code).lower()
    return render_template("sbad/certificates/check.html", is_valid=queries.is_valid(typed))
