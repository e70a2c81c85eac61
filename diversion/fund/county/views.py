"""Hand entries to the county's general ledger, each once, and note under which number."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.county import queries, services
from diversion.fund.county.acknowledging import acknowledge
from diversion.fund.county.forms import AcknowledgementForm, BatchForm, batch_form, month_of
from diversion.fund.county.models import BOOKS_WORDS, FORMAT_WORDS
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.downloads import send
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import Form, refused
from diversion.web.paging import page_of
from diversion.web.uploads import taken

bp = Blueprint("county", __name__, url_prefix="/county")


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    """List what waits and what went."""
    return _start(batch_form(queries.waiting(court_today())))


@bp.post("")
@requires(Permission.BATCH_MAKE)
@fresh_factor
def make() -> ResponseReturnValue:
    """Make a batch; from then on its entries are the county's."""
    waiting = queries.waiting(court_today())
    form = batch_form(waiting)
    if again := form.made_before(signed_in()):
        flash_note(_("This batch is made already."))
        return redirect(url_for(".show", number=again), 303)
    if form.validate():
        with refused(form), transaction():
            made = services.make(
                form.asked(waiting), form.layout(), key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("The batch is made. Its entries go to the county once."))
            return redirect(url_for(".show", number=made.number), 303)
    return _start(form)


@bp.route("/acknowledgement", methods=["GET", "POST"])
@requires(Permission.BATCH_MAKE)
def note() -> ResponseReturnValue:
    """Read the county's numbers from its file."""
    form = AcknowledgementForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            new = acknowledge(taken(form.file.data), by=signed_in(), now=clock.now())
            _tell(new)
            return redirect(url_for(".start"), 303)
    return render_template("fund/county/note.html", form=form), form.status


@bp.get("/<string:number>")
@requires(Permission.LEDGER_READ)
def show(number: str) -> ResponseReturnValue:
    """Show what a batch adds up to."""
    found = queries.batch(number)
    return render_template(
        "fund/county/show.html",
        batch=found,
        form=Form(),
        month=month_of(found.period_id),
        books=BOOKS_WORDS[found.books],
        format=FORMAT_WORDS[found.format],
        maker=names_of([found.made_by_id]).get(found.made_by_id, ""),
        acknowledged=queries.acknowledgement(found.id),
    )


@bp.post("/<string:number>")
@requires(Permission.LEDGER_EXPORT)
@fresh_factor
def take(number: str) -> ResponseReturnValue:
    """Hand the file out as it was made."""
    with transaction():
        found = queries.batch(number)
        content, name = services.hand_out(found, by=signed_in(), now=clock.now()), found.name
    return send(content, name)


def _start(form: BatchForm) -> ResponseReturnValue:
    page = render_template(
        "fund/county/start.html",
        form=form,
        page=page_of(queries.batches()),
        month_of=month_of,
    )
    return page, form.status


def _tell(new: int) -> None:
    if new:
        flash_done(_("The county's numbers are noted."))
    else:
        flash_note(_("These numbers are here already. Nothing was changed."))
