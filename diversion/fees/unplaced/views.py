"""Take money without an account, show it, void it, and place it once its account is known."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees import void_papers
from diversion.fees.second import Paper, answer, paper, shown
from diversion.fees.told import flash_taken
from diversion.fees.unplaced import placing, queries, services
from diversion.fees.unplaced.forms import HandedForm, PlacingForm, UnplacedVoidForm
from diversion.fees.unplaced.models import UnplacedReceipt
from diversion.fees.void_in_place import way
from diversion.participants import access
from diversion.participants.queries import numbers_of
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Matter
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("unplaced", __name__)
MONEY = (Permission.RECEIPT_TAKE, Permission.RECEIPT_VOID, Permission.LEDGER_READ)


@bp.get("/unplaced")
@requires(*MONEY)
def show_all() -> ResponseReturnValue:
    """List money without an account, newest first; `?state=open` what is not placed yet."""
    open_only = request.args.get("state") == "open"
    page = page_of(queries.listed(open_only=open_only))
    return render_template("fees/unplaced/show_all.html", page=page, open_only=open_only)


@bp.route("/unplaced/new", methods=["GET", "POST"])
@requires(Permission.RECEIPT_TAKE)
def take() -> ResponseReturnValue:
    """Take money without an account; sent twice, it gives the same receipt."""
    form = HandedForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            outcome = services.take(
                form.handed, key=form.key, by=signed_in(), on=court_today(), now=clock.now(),
                again=form.again.data,
            )  # fmt: skip
            receipt = outcome.made
            flash_taken(receipt.number, receipt.amount, again=outcome.repeated)
            return redirect(url_for("fees.unplaced.show", number=receipt.number), 303)
    return render_template("fees/unplaced/take.html", form=form), form.status


@bp.get("/unplaced/<string:number>")
@requires(*MONEY)
def show(number: str) -> ResponseReturnValue:
    """Show a receipt without an account, as paper."""
    return _page(queries.receipt(number), PlacingForm(), UnplacedVoidForm())


@bp.post("/unplaced/<string:number>")
@requires(Permission.RECEIPT_TAKE, Permission.RECEIPT_VOID)
def place(number: str) -> ResponseReturnValue:
    """Say whose money it is, for a second person to approve."""
    form = PlacingForm()
    if form.validate():
        with refused(form), transaction():
            person = access.find(form.number.data, Track.SBAD, by=signed_in())
            said = placing.ask(
                queries.receipt(number), person, by=signed_in(), on=court_today(), now=clock.now()
            )
            flash_note(_("Asked. A second person has to approve it."))
            return redirect(url_for("fees.unplaced.identified", subject=said.handle), 303)
    return _page(queries.receipt(number), form, UnplacedVoidForm(formdata=None))


@bp.post("/unplaced/<string:number>/void")
@requires(Permission.RECEIPT_VOID)
@fresh_factor
def void(number: str) -> ResponseReturnValue:
    """Void a receipt without an account on its day; whoever took the money can't."""
    form = UnplacedVoidForm()
    if form.validate():
        with refused(form), transaction():
            services.void(
                queries.receipt(number), form.whole, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            flash_done(_("Receipt {number} is void.", number=number))
            return redirect(url_for("fees.unplaced.show", number=number), 303)
    return _page(queries.receipt(number), PlacingForm(formdata=None), form)


@bp.post("/unplaced/<string:number>/void-request")
@requires(Permission.RECEIPT_TAKE)
def ask_void(number: str) -> ResponseReturnValue:
    """Ask somebody else to void a receipt of today."""
    form = UnplacedVoidForm()
    if form.validate():
        with refused(form), transaction():
            services.ask_void(
                queries.receipt(number), form.whole, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            flash_done(_("Asked. Somebody else decides today."))
            return redirect(url_for("fees.unplaced.show", number=number), 303)
    return _page(queries.receipt(number), PlacingForm(formdata=None), form)


@bp.get("/identifications/<string:subject>")
@requires(*MONEY, Permission.BOOKS_APPROVE)
def identified(subject: str) -> ResponseReturnValue:
    """Show whose money somebody says it is."""
    return _identification(subject, DecisionForm())


@bp.post("/identifications/<string:subject>")
@requires(Permission.RECEIPT_TAKE, Permission.BOOKS_APPROVE)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve, refuse or withdraw whose money it is."""
    form = DecisionForm()
    if form.validate() and answer(form, _paper(subject)):
        return redirect(url_for("fees.unplaced.identified", subject=subject), 303)
    return _identification(subject, form)


def _paper(subject: str) -> Paper:
    return paper(
        Matter.IDENTIFICATION,
        subject,
        queries.identification,
        placing.request_hash,
        placing.carry_out,
    )


def _identification(subject: str, form: DecisionForm) -> ResponseReturnValue:
    said = queries.identification(subject)
    found = queries.by_key(said.receipt_id)
    whose = numbers_of(Track.SBAD, [said.participant_id])[said.participant_id]
    pairs = [(_("Receipt"), found.number), (_("Amount"), found.amount), (_("Account"), whose)]
    page = {**shown(form, _paper(subject), pairs), "said": said, "receipt": found}
    return render_template("fees/unplaced/identified.html", **page), form.status


def _page(
    found: UnplacedReceipt, form: PlacingForm, voiding: UnplacedVoidForm
) -> ResponseReturnValue:
    voiding.seen.data, me = found.hash16, signed_in()
    people = {found.taken_by_id, *([found.voided_by_id] if found.voided_by_id else [])}
    page = {
        "receipt": found,
        "names": names_of(people),
        "waiting": queries.waiting_of(found.id),
        "said": queries.said_of(found.id),
        "returns": queries.returns_of(found.id),
        "back_waits": queries.waiting_return(found.id),
        "may_return": queries.may_return(found),
        "way": "" if queries.is_placed(found) else way(found, by=me, on=court_today()),
        "asked": void_papers.waiting(found.id),
        "county": current_app.config["COUNTY"],
        "phone": current_app.config["HELP_DESK"],
        "form": form,
        "voiding": voiding,
    }
    return render_template("fees/unplaced/show.html", **page), max(form.status, voiding.status)
