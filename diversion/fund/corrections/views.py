"""Ask for corrections of the books, and decide on them."""

from collections.abc import Callable, Mapping

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.corrections import queries, rows, rules, services
from diversion.fund.corrections.forms import CorrectionForm, correction_form
from diversion.fund.corrections.models import Correction, CorrectionKind
from diversion.fund.corrections.services import Wish
from diversion.fund.deposits.rows import entries_at
from diversion.ledger import exceptions, journal
from diversion.ledger import queries as ledger
from diversion.ledger.events import Event
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.answers import answer
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Decision
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("corrections", __name__, url_prefix="/corrections")
K = CorrectionKind
ASKS: Mapping[CorrectionKind, Callable[[Wish, Staff], Correction]] = {
    K.ADJUST: lambda wish, by: services.adjust(
        wish, by=by, today=court_today(), now=clock.now()
    ),
    K.OPENING: lambda wish, by: services.open_books(wish, by=by, now=clock.now()),
}  # fmt: skip


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    page = page_of(queries.corrections())
    found = [row[0] for row in page.rows]
    return render_template(
        "fund/corrections/start.html",
        page=page,
        papers=rows.papers(found, names_of({paper.asked_by_id for paper in found})),
        is_opened=bool(exceptions.opening_entry()),
    )


@bp.get("/new")
@requires(Permission.BOOKS_KEEP)
def new() -> ResponseReturnValue:
    return _new(_form())


@bp.post("/new")
@requires(Permission.BOOKS_KEEP)
def ask() -> ResponseReturnValue:
    """Ask a second person for an adjustment, or for the opening entry."""
    form, kind = _form(), _kind()
    if form.validate():
        with refused(form), transaction():
            wish, by, ask = form.wish(kind), signed_in(), ASKS[kind]
            return _asked(services.asked_once(form.key, wish, lambda: ask(wish, by), by=by))
    return _new(form)


@bp.get("/<string:subject>")
@requires(Permission.LEDGER_READ)
def show(subject: str) -> ResponseReturnValue:
    return _page(queries.correction(subject), DecisionForm(formdata=None))


@bp.post("/<string:subject>")
@requires(Permission.BOOKS_APPROVE, Permission.BOOKS_KEEP)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve and post in one act, or refuse."""
    form = DecisionForm()
    if form.validate():
        with refused(form), transaction():
            paper = queries.correction(subject)
            matter = services.MATTERS[paper.kind]
            given = answer(matter, subject, form)
            if given is Decision.APPROVED:
                services.carry_out(paper, lapses=lapses(), now=clock.now())
                flash_done(_("Approved and posted."))
            return redirect(url_for("fund.corrections.show", subject=subject), 303)
    return _page(queries.correction(subject), form)


def lapses() -> bool:
    return bool(current_app.config["BUDGET_LAPSES"])


def _form() -> CorrectionForm:
    accounts, event = ledger.accounts(active_only=True), Event[_kind().name]
    return correction_form(accounts, ledger.earmarks(), court_today(), event)


def _kind() -> CorrectionKind:
    return K.OPENING if request.args.get("kind") == K.OPENING.value else K.ADJUST


def _asked(paper: Correction) -> ResponseReturnValue:
    flash_done(_("It waits for a second person now."))
    return redirect(url_for("fund.corrections.show", subject=paper.number), 303)


def _new(form: CorrectionForm) -> ResponseReturnValue:
    page = render_template("fund/corrections/new.html", form=form, kind=_kind().value)
    return page, form.status


def _page(paper: Correction, form: DecisionForm) -> ResponseReturnValue:
    asked, me, lines = rows.request_about(paper), signed_in(), rules.lines_of(paper)
    form.seen.data = form.seen.data or (asked.hash16 if asked else "")
    page = render_template(
        "fund/corrections/show.html",
        paper=paper,
        kind=rows.KINDS[paper.kind],
        form=form,
        request=asked,
        state=rows.state_of(paper, asked),
        lines=rows.shown(lines, ledger.earmarks()),
        amount=rules.amount_of(lines),
        names=names_of({paper.asked_by_id, (asked and asked.approved_by) or paper.asked_by_id}),
        entries_at=entries_at(),
        may_turn_back=paper.posted and not journal.turned_back_by(paper.posted.entry),
        may_decide=me.may(Permission.BOOKS_APPROVE) and paper.asked_by_id != me.id,
        is_own=paper.asked_by_id == me.id,
    )
    return page, form.status
