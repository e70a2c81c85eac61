"""Take the state's fee, show and void its receipts, list them all."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db, reading, transaction
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees import void_in_place, void_papers
from diversion.fees.receipts.views import MONEY, reach
from diversion.fees.receipts.wording import WORDING
from diversion.fees.state import queries as state
from diversion.fees.state import taken
from diversion.fees.state_models import StateReceipt
from diversion.fees.state_receipts import queries, services
from diversion.fees.state_receipts.forms import TakeForm
from diversion.fees.told import flash_taken
from diversion.fees.void_forms import VoidForm
from diversion.fees.void_in_place import way
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("state_receipts", __name__)
TRACK = Track.SBAD


@bp.route("/accounts/<number:number>/state-fee/payments", methods=["GET", "POST"])
@requires(Permission.RECEIPT_TAKE)
def take(number: str) -> ResponseReturnValue:
    """Take the state's fee and give its receipt; sent twice, it gives the same receipt."""
    form = TakeForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            outcome = services.take(
                person, form.handed, key=form.key, by=signed_in(), on=court_today(),
                now=clock.now(), again=form.again.data,
            )  # fmt: skip
            receipt = outcome.made
            flash_taken(receipt.number, receipt.amount, again=outcome.repeated)
            return redirect(url_for("fees.state_receipts.show", number=receipt.number), 303)
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
    fee = state.of_participant(opened.participant.id)
    if fee is None:
        raise NotYours
    form.meet(fee.open)
    page = {"form": form, "opened": opened, "fee": fee}
    return render_template("fees/state_receipts/take.html", **page), form.status


@bp.get("/state-receipts")
@requires(*MONEY)
def show_all() -> ResponseReturnValue:
    """List the receipts of the state's fee, newest first."""
    with reading():
        page = page_of(taken.listed().where(Participant.id.in_(reach())))
        record(Act.RECEIPTS_LISTED, by=signed_in(), track=TRACK, page=page.number)
    return render_template("fees/state_receipts/show_all.html", page=page)


@bp.get("/state-receipts/<string:number>")
@requires(*MONEY)
def show(number: str) -> ResponseReturnValue:
    """Show a receipt of the state's fee, as paper."""
    with reading():
        found = find(number)
        record(Act.RECEIPT_SHOWN, f"receipt:{found.number}", by=signed_in(), track=TRACK)
    return _page(found, VoidForm())


@bp.post("/state-receipts/<string:number>/void")
@requires(Permission.RECEIPT_VOID)
@fresh_factor
def void(number: str) -> ResponseReturnValue:
    """Void a receipt of the state's fee on its day; whoever took the money can't."""
    form = VoidForm()
    if form.validate():
        with refused(form), transaction():
            services.void(
                find(number), form.whole, by=signed_in(), on=court_today(), now=clock.now()
            )
            flash_done(_("Receipt {number} is void.", number=number))
            return redirect(url_for("fees.state_receipts.show", number=number), 303)
    return _page(find(number), form)


@bp.post("/state-receipts/<string:number>/void-request")
@requires(Permission.RECEIPT_TAKE)
def ask_void(number: str) -> ResponseReturnValue:
    """Ask somebody else to void a receipt of today."""
    form = VoidForm()
    if form.validate():
        with refused(form), transaction():
            void_in_place.ask(
                find(number), form.whole, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            flash_done(_("Asked. Somebody else decides today."))
            return redirect(url_for("fees.state_receipts.show", number=number), 303)
    return _page(find(number), form)


def find(number: str) -> StateReceipt:
    """Return a receipt within reach, else the same answer as for one that is not there."""
    found = queries.receipt(number)
    if db.session.scalar(reach().where(Participant.id == found.participant_id)) is None:
        raise NotYours
    return found


def _page(found: StateReceipt, form: VoidForm) -> ResponseReturnValue:
    (who, language), me = queries.whose(found), signed_in()
    form.seen.data, returns = found.hash16, queries.returns_of(found.id)
    page = {
        "receipt": found,
        "names": names_of({found.taken_by_id, found.voided_by_id or found.taken_by_id}),
        "participant": who,
        "language": language,
        "words": WORDING[language],
        "returns": returns,
        "waiting": queries.waiting_return(returns),
        "may_return": queries.may_return(found),
        "way": way(found, by=me, on=court_today()),
        "asked": void_papers.waiting(found.id),
        "county": current_app.config["COUNTY"],
        "phone": current_app.config["HELP_DESK"],
        "form": form,
    }
    return render_template("fees/state_receipts/show.html", **page), form.status
