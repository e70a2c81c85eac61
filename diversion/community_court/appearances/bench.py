"""Bring form and board of the bench together."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import url_for

from diversion.community_court.appearances import services
from diversion.community_court.appearances.board import Board, Row
from diversion.community_court.appearances.forms import OutcomeForm
from diversion.community_court.appearances.models import Setting
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.dockets.models import Docket
from diversion.community_court.dockets.services import docket_on
from diversion.core import clock, once
from diversion.core.words import _
from diversion.staff.models import Staff
from diversion.web.filters import day
from diversion.web.forms import choices


def record_once(setting: Setting, form: OutcomeForm, *, by: Staff, on: date) -> None:
    """Record what a form says; the same form again is the same outcome."""
    asked = {
        name: form[name].data for name in ("result", "presence", "next_day", "next_on", "seen")
    }
    hashed = once.request_hash(f"outcome {setting.handle}", asked)
    if once.claim(form.key, hashed) is not None:
        return
    made = services.record(
        setting, form.said(_next_docket(form)), seen=form.seen.data or "", by=by, on=on,
        now=clock.now(),
    )  # fmt: skip
    once.settle(form.key, made.handle)


def _next_docket(form: OutcomeForm) -> Docket | None:
    if form.next_on.data is not None:
        return docket_on(form.next_on.data)
    return dockets.docket(form.next_day.data) if form.next_day.data else None


def ready(form: OutcomeForm, board: Board) -> OutcomeForm:
    """Offer the next dates, and let the form answer the outcome that is on record now."""
    form.next_day.choices = choices({each.handle: day(each.held_on) for each in board.offers})
    form.seen.data = (board.now.line.outcome or "") if board.now else ""
    return form


def filtered(board: Board, show: str) -> tuple[Row, ...]:
    """Return the rows that a filter leaves; the row that is on always stays."""
    tests: dict[str, Callable[[Row], bool]] = {
        "open": lambda row: not row.is_recorded,
        "here": lambda row: row.line.here_at is not None,
        "interpreter": lambda row: row.language != "en",
    }
    keep = tests.get(show)
    return tuple(row for row in board.rows if row is board.now or keep is None or keep(row))


def chips(board: Board, show: str) -> list[dict[str, Any]]:
    """Return the filters above the list with how many each leaves."""
    rows = board.rows
    offered = (
        ("", _("All"), len(rows)),
        ("open", _("To call"), sum(not row.is_recorded for row in rows)),
        ("here", _("Here"), board.here),
        ("interpreter", _("Interpreter"), sum(row.language != "en" for row in rows)),
    )
    known = show if show in {"open", "here", "interpreter"} else ""
    return [
        {"label": label, "count": count, "current": value == known,
         "href": url_for("community_court.appearances.show", docket=board.docket.handle,
                         show=value or None)}
        for value, label, count in offered
    ]  # fmt: skip
