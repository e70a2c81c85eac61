"""Show the log of views and changes to those who watch over them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from diversion.audit import queries
from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db, reading
from diversion.dashboard.oversight.forms import LogForm
from diversion.dashboard.oversight.rules import visible_acts
from diversion.staff.access import requires, signed_in
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.paging import SIZE

bp = Blueprint("oversight", __name__, url_prefix="/oversight")


@bp.get("/log")
@requires(Permission.AUDIT_READ, Permission.AUDIT_READ_SYSTEM)
def log() -> ResponseReturnValue:
    me = signed_in()
    acts = visible_acts(may_read_all=me.may(Permission.AUDIT_READ))
    with reading():
        people = _people()
        form = LogForm({person.handle: person.name for person in people}, acts)
        wanted = form.wanted({person.handle: person.id for person in people}, acts)
        found = queries.lines(wanted, limit=SIZE + 1) if form.validate() else []
        record(Act.LOG_READ, by=me, rows=len(found))
    return render_template(
        "dashboard/oversight/log.html",
        form=form,
        lines=found[:SIZE],
        older=found[SIZE - 1].seq if len(found) > SIZE else None,
        names={person.id: person.name for person in people},
        sees_all=me.may(Permission.AUDIT_READ),
    ), form.status


def _people() -> list[Staff]:
    return list(db.session.scalars(select(Staff).order_by(Staff.name, Staff.id)))
