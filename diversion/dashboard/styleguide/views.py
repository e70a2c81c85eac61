"""Show every component in every state; the pages use nothing else."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.money import Money
from diversion.core.words import _
from diversion.dashboard.styleguide.forms import sample_count, samples
from diversion.staff.access import requires
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.paging import Page, Sort

PEOPLE = (
    {"id": 1, "number": "26-0417-3", "name": "Juniper Hale", "age": 34,
     "place": {"words": _("Active"), "tone": "ok"}},
    {"id": 2, "number": "26-0288-0", "name": "Juana Íñiguez", "age": None,
     "place": {"words": _("Suspended"), "tone": "warn"}},
)  # fmt: skip
bp = Blueprint("styleguide", __name__)


@bp.get("/styleguide")
@requires(Permission.STYLEGUIDE_READ)
def show() -> ResponseReturnValue:
    fine, wrong, filter_form = samples()
    return render_template(
        "dashboard/styleguide/show.html",
        fine=fine,
        wrong=wrong,
        asked=filter_form,
        page=Page((), 2, 50, 212),
        sort=Sort("date", True),
        amount=Money(125_000),
        short=Money(-500),
        today=court_today(),
        next_year=court_today() + timedelta(days=400),
        instant=clock.now(),
        people=PEOPLE,
        count_form=sample_count(),
        here=lambda number: f"#{number}",
    )
