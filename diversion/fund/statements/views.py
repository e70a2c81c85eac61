"""Show the reports of the fund, on screen, on paper and as workbooks."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.words import Sentence, _, counted
from diversion.fund.leaving import services as leaving
from diversion.fund.leaving.models import FileKind, Purpose
from diversion.fund.statements import catalog, workbook
from diversion.fund.statements.forms import PAPER, asked
from diversion.fund.statements.report import Question, Report, TooLong
from diversion.ledger import by_account, periods, reports
from diversion.ledger import queries as ledger
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.downloads import send
from diversion.web.filters import money, month_name
from diversion.web.paging import page_at

bp = Blueprint("statements", __name__, url_prefix="/reports")
FILTERS = ("from", "to", "entry", "account", "number")


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    return render_template("fund/statements/start.html", reports=catalog.REPORTS)


@bp.get("/<string:name>")
@requires(Permission.LEDGER_READ)
def show(name: str) -> ResponseReturnValue:
    """Answer a report for some days, as it stood at one entry."""
    kept, form = catalog.named(name), asked(court_today())
    question = form.question(court_today(), by=signed_in())
    with reading():
        report = kept.build(question)
        if about := kept.about(report):
            record(Act.ACCOUNT_OPENED, *about, by=signed_in())
    return render_template(
        "fund/statements/show.html",
        kept=kept,
        form=form,
        wanted=question.wanted,
        report=report,
        remarks=_remarks(question),
        proofs=_proofs(report),
        head=reports.head_at(question.wanted.up_to),
        is_last=question.wanted.up_to == ledger.head().number,
        file_at=_file_at(name),
        is_paper=question.size == PAPER,
        paper=PAPER,
        is_long=report.page and report.page.total > current_app.config["EXPORT_AT_ONCE"],
    )


@bp.post("/<string:name>")
@requires(Permission.LEDGER_EXPORT)
@fresh_factor
def take(name: str) -> ResponseReturnValue:
    """Hand out a report as a workbook; the log keeps who took which, and its hash."""
    kept = catalog.named(name)
    question = asked(court_today()).question(court_today(), by=signed_in())
    wanted = question.wanted
    if kept.whole and _is_long(question):
        raise TooLong
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{wanted.last:%Y-%m-%d}_{kept.name}_ht-account.xlsx"
        head = reports.head_at(wanted.up_to)
        report = kept.for_a_file(question)
        lines = workbook.write(path, kept, question, report, head, _remarks(question))
        file = leaving.of(path, FileKind.REPORT, Purpose.REPORT, wanted, head.hash, lines)
        with transaction():
            leaving.note(file, *kept.about(report), by=signed_in(), now=clock.now())
        return send(path.read_bytes(), file.name)


def _is_long(question: Question) -> bool:
    """Say whether a file of one account takes longer than a page may."""
    entries = by_account.entries(question.wanted, question.account)
    most: int = current_app.config["EXPORT_AT_ONCE"]
    return page_at(entries, 1, 1).total > most


def _file_at(name: str) -> str:
    """Return where the same question is answered with a workbook."""
    filters: dict[str, Any] = {part: request.args[part] for part in FILTERS if part in request.args}
    return url_for("fund.statements.take", name=name, **filters)


def _proofs(report: Report) -> list[dict[str, Any]]:
    return [
        {"name": words, "value": money(amount), "text": _("does not tie") if amount else _("ties")}
        for words, amount in report.proofs
    ]


def _remarks(question: Question) -> list[Sentence]:
    """Say which months of the days were opened again, and how often."""
    wanted = question.wanted
    found = periods.reopened(wanted.first, wanted.last)
    return [_reopened(number, times) for number, times in sorted(found.items())]


def _reopened(number: int, times: int) -> Sentence:
    month = month_name(date(number // 100, number % 100, 1))
    return counted(
        "{month} was reopened once.", "{month} was reopened {count} times.", times, month=month
    )
