"""Print what a participant takes home: the statement with the exact payoff, and the letter."""

from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core.database import reading
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees import queries as fees
from diversion.fees.plans import queries as plans
from diversion.fees.refunds import queries as refunds
from diversion.fees.wording import wording
from diversion.ledger import queries as ledger
from diversion.ledger.movements import taken_back
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today

bp = Blueprint("papers", __name__, url_prefix="/accounts/<number:number>")


class StillOwed(Refused):
    """The letter is for accounts on which nothing is owed."""

    sentence = _("Something is still owed on this account, so there is no such letter yet.")


@bp.get("/statement")
@requires(Permission.FEE_READ)
def statement(number: str) -> ResponseReturnValue:
    """Show the statement of an account as paper, in the person's language."""
    return render_template("fees/papers/statement.html", **_paper(number, Act.STATEMENT_PRINTED))


@bp.get("/letter")
@requires(Permission.FEE_READ)
def letter(number: str) -> ResponseReturnValue:
    """Show the letter that nothing more is owed; how it was settled is not told."""
    shown = _paper(number, Act.LETTER_PRINTED)
    if shown["owed"] or not shown["charges"]:
        raise StillOwed
    return render_template("fees/papers/letter.html", **shown)


def _paper(number: str, why: Act) -> dict[str, Any]:
    with reading():
        opened = access.open_file(number, Track.SBAD, by=signed_in(), why=why)
    who = opened.participant.id
    charges = [charge for charge in refunds.charges(who) if not charge.undone]
    today, parts, receipts = court_today(), plans.unpaid_of(who), fees.receipts_of(who)
    return {
        "opened": opened, "words": wording(opened.participant.language), "today": today,
        "charges": charges, "receipts": receipts, "parts": parts,
        "back": taken_back([receipt.number for receipt, _void in receipts]),
        "refunds": refunds.approved_of(who),
        "owed": Money.total(charge.open for charge in charges), "credit": fees.credit_of(who),
        "now_due": Money.total(amount for due_on, amount in parts if due_on <= today),
        "head": ledger.head(), "county": current_app.config["COUNTY"],
        "phone": current_app.config["HELP_DESK"],
    }  # fmt: skip
