"""Show every component in every state; the pages use nothing else."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.money import Money
from diversion.dashboard.styleguide.forms import sample_count, samples
from diversion.dashboard.styleguide.papers import papers
from diversion.dashboard.styleguide.samples import records
from diversion.staff.access import requires
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.paging import Page, Sort

bp = Blueprint("styleguide", __name__)


@bp.get("/styleguide")
@requires(Permission.STYLEGUIDE_READ)
def show() -> ResponseReturnValue:
    fine, wrong, filter_form, outs = samples()
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
        outs=outs,
        **records(court_today()),
        **papers(),
        count_form=sample_count(),
        here=lambda number: f"#{number}",
    )
