"""Print what a participant takes home: the statement with the exact payoff, and the letter."""

from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core.database import reading
from diversion.core.tracks import Track
from diversion.fees.papers.forms import asked
from diversion.fees.papers.queries import statement as standing
from diversion.fees.papers.rules import StillOwed
from diversion.fees.wording import wording
from diversion.ledger import reports
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission

bp = Blueprint("papers", __name__, url_prefix="/accounts/<number:number>")


@bp.get("/statement")
@requires(Permission.FEE_READ)
def statement(number: str) -> ResponseReturnValue:
    """Show the statement of an account as paper, in the person's language."""
    paper = _paper(number, Act.STATEMENT_PRINTED)
    return render_template("fees/papers/statement.html", report="statement", **paper)


@bp.get("/letter")
@requires(Permission.FEE_READ)
def letter(number: str) -> ResponseReturnValue:
    """Show the letter that nothing more is owed; how it was settled is not told."""
    paper = _paper(number, Act.LETTER_PRINTED)
    if not paper["shown"].is_settled:
        raise StillOwed
    return render_template("fees/papers/letter.html", report="paid-in-full", **paper)


def _paper(number: str, why: Act) -> dict[str, Any]:
    with reading():
        opened = access.open_file(number, Track.SBAD, by=signed_in(), why=why)
    form = asked()
    return {
        "opened": opened, "words": wording(opened.participant.language), "form": form,
        "today": form.day, "is_now": form.is_now,
        "shown": standing(opened.participant.id, form.day, form.up_to),
        "head": reports.head_at(form.up_to), "county": current_app.config["COUNTY"],
        "phone": current_app.config["HELP_DESK"],
    }  # fmt: skip
