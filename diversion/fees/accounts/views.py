"""Show who owes what, and one account at a glance."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core.database import db, reading
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees import queries
from diversion.fees.ability import queries as ability
from diversion.fees.accounts.queries import Which, listed
from diversion.fees.applied import queries as applied
from diversion.fees.assessments import queries as assessments
from diversion.fees.plans import queries as plans
from diversion.fees.refunds import queries as refunds
from diversion.fees.state import queries as state
from diversion.fees.waivers import queries as waivers
from diversion.ledger.movements import taken_back
from diversion.participants import access
from diversion.participants.identity import Identity
from diversion.participants.search import TooShort, search
from diversion.staff.access import requires, signed_in, under_lock
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.paging import address_with, page_of

bp = Blueprint("accounts", __name__, url_prefix="/accounts")
TRACK = Track.SBAD


@dataclass(frozen=True)
class Line:
    """One account in a list: name and case number were opened, and the log says so."""

    number: str
    name: str
    case_number: str
    owed: Money
    due_on: date | None
    behind: bool
    charged: bool


@bp.get("")
@requires(Permission.FEE_READ)
@under_lock
def show_all() -> ResponseReturnValue:
    """List who owes what."""
    which, me = Which.asked(request.args.get("status", "")), signed_in()
    with reading():
        page = page_of(listed(access.visible_to(me, TRACK), which, on=court_today()))
        lines = _lines(page.rows, me)
    return render_template(
        "fees/accounts/show_all.html", page=page, lines=lines, which=which, chips=_chips(which)
    )


@bp.post("")
@requires(Permission.FEE_READ)
def find() -> ResponseReturnValue:
    """Answer a search for an account; it is posted, so that no name is in an address."""
    text, too_short, me = request.form.get("q", "").strip()[:100], False, signed_in()
    lines: list[Line] = []
    try:
        with reading():
            found = {hit.participant_id: hit.identity for hit in search(TRACK, text, by=me)}
            within = access.visible_to(me, TRACK)
            lines = [
                _line(row, found[row.id])
                for which in (Which.ALL, Which.UNCHARGED)
                for row in db.session.execute(
                    listed(within, which, on=court_today(), only=list(found))
                )
            ]
    except TooShort:
        too_short = True
    return render_template("fees/accounts/find.html", text=text, lines=lines, too_short=too_short)


@bp.get("/<number:number>")
@requires(Permission.FEE_READ)
def show(number: str) -> ResponseReturnValue:
    """Show what one participant was charged, paid and owes."""
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
    return render_template("fees/accounts/show.html", **standing(opened))


def standing(opened: access.Opened) -> dict[str, Any]:
    """Return what an account page shows; name and case number, nothing else of the person."""
    who = opened.participant.id
    charges, receipts = refunds.charges(who), queries.receipts_of(who)
    owed = Money.total(charge.open for charge in charges)
    parts = plans.unpaid_of(who)
    return {
        "number": opened.participant.number,
        "name": opened.identity.shown,
        "case_number": _case(opened.identity),
        "charges": charges,
        "state_fee": state.of_participant(who),
        "to_charge": assessments.to_charge(who) is not None,
        "receipts": receipts,
        "back": taken_back([receipt.number for receipt, _void in receipts]),
        "refunds": refunds.approved_of(who),
        "owed": owed,
        "total": {
            "charged": Money.total(c.amount + c.raised for c in charges if not c.undone),
            "given_up": Money.total(c.given_up for c in charges if not c.undone),
            "paid": Money.total(c.paid for c in charges),
        },
        "credit": queries.credit_of(who),
        "uses": applied.uses_of(who),
        "requests": waivers.of_participant(who),
        "parts": parts,
        "late": Money.total(amount for due_on, amount in parts if due_on < court_today()),
        "plan": plans.of_participant(who),
        "versions": plans.versions(who),
        "sheet": ability.latest_of(who),
        "next_due": parts[0][0] if parts else None,
        "today": court_today(),
    }


def _lines(rows: Any, me: Staff) -> list[Line]:
    ids = [row.id for row in rows]
    names = access.open_names(ids, TRACK, by=me, why=Act.ACCOUNTS_LISTED, about="list:accounts")
    return [_line(row, names[row.id]) for row in rows if row.id in names]


def _line(row: Any, identity: Identity) -> Line:
    behind = row.due_on is not None and row.due_on < court_today()
    owed = Money(int(row.cents))
    return Line(
        row.number, identity.shown, _case(identity), owed, row.due_on, behind, bool(row.charged)
    )


def _case(identity: Identity) -> str:
    return identity.case_numbers[0] if identity.case_numbers else ""


def _chips(which: Which) -> list[dict[str, Any]]:
    return [
        {"label": each.words, "href": address_with(status=each.value, page=None),
         "current": each is which}
        for each in Which
    ]  # fmt: skip
