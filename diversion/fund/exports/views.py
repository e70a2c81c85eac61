"""Let the ledger out as files, each with its reason and its row in the log."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.fund.exports import queries
from diversion.fund.exports.models import KIND_WORDS, PURPOSE_WORDS
from diversion.staff.access import requires
from diversion.staff.permissions import Permission
from diversion.web.paging import page_of

bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.get("")
@requires(Permission.LEDGER_EXPORT)
def start() -> ResponseReturnValue:
    return render_template(
        "fund/exports/start.html",
        page=page_of(queries.runs()),
        kinds=KIND_WORDS,
        purposes=PURPOSE_WORDS,
    )
