"""Show administrators who works here, and let them invite and change that."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.staff import session_lists
from diversion.staff.access import fresh_factor, limits, requires, signed_in
from diversion.staff.models import Staff
from diversion.staff.people import queries, services
from diversion.staff.people.forms import InviteForm, RoleForm
from diversion.staff.people.words import ROLE_NAMES, ROLE_WORDS
from diversion.staff.permissions import GRANTS, Permission, Role
from diversion.staff.sessions import Limits
from diversion.staff.sign_in import door
from diversion.staff.sign_in.models import LinkKind
from diversion.staff.sign_in.services import make_link
from diversion.web.forms import refused

# As long a device may hold a roll, whether its sign-in is idle or not.
HELD = Limits(idle=timedelta(hours=12), absolute=timedelta(hours=24))
bp = Blueprint("people", __name__)


@bp.get("/staff")
@requires(Permission.STAFF_READ)
def index() -> ResponseReturnValue:
    """List who works here."""
    waiting, me = queries.waiting(), signed_in()
    only_locked = request.args.get("state") == "locked"
    yours = [w for w in waiting if me.may(Permission.STAFF_MANAGE) and w.is_for(me)]
    return render_template(
        "staff/people/index.html", names=ROLE_NAMES, yours=yours,
        people=queries.locked() if only_locked else queries.everyone(), only_locked=only_locked,
        others=[w for w in waiting if w not in yours],
    )  # fmt: skip


@bp.get("/staff/roles")
@requires(Permission.STAFF_READ)
def roles() -> ResponseReturnValue:
    """Say in words what each role may do."""
    rows = [(ROLE_NAMES[r], ROLE_WORDS[r], sorted(GRANTS[r])) for r in Role]
    return render_template("staff/people/roles.html", rows=rows)


@bp.route("/staff/invite", methods=["GET", "POST"])
@requires(Permission.STAFF_MANAGE)
@fresh_factor
def invite() -> ResponseReturnValue:
    """Add an account, ask for its roles, and show the link that opens it once."""
    form = InviteForm()
    if form.validate_on_submit():
        with refused(form):
            with transaction():
                staff = services.add(form.email.data, form.name.data, by=signed_in(), now=_now())
                for role in form.roles.data:
                    services.ask_role(staff, Role(role), by=signed_in(), now=_now())
                token = make_link(staff, LinkKind.INVITE, by=signed_in(), now=_now())
            return _link_page(staff, token)
    return render_template("staff/people/invite.html", form=form), form.status


@bp.get("/staff/<handle>")
@requires(Permission.STAFF_READ)
def show(handle: str) -> ResponseReturnValue:
    """Show one account."""
    return _page(queries.person(handle), RoleForm())


@bp.post("/staff/<handle>/roles")
@requires(Permission.STAFF_MANAGE)
@fresh_factor
def ask_role(handle: str) -> ResponseReturnValue:
    """Ask for a role, which another administrator confirms."""
    staff, form = queries.person(handle), RoleForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            services.ask_role(staff, Role(form.role.data), by=signed_in(), now=_now())
    return _page(staff, form) if form.complaints else redirect(url_for(".show", handle=handle), 303)


@bp.post("/staff/<handle>/link")
@requires(Permission.STAFF_MANAGE)
@fresh_factor
def link(handle: str) -> ResponseReturnValue:
    """Make a one-time link to choose a password. It is shown once and kept nowhere."""
    staff = queries.person(handle)
    kind = LinkKind.RESET if staff.password_hash else LinkKind.INVITE
    with transaction():
        token = make_link(staff, kind, by=signed_in(), now=_now())
    return _link_page(staff, token)


def _link_page(staff: Staff, token: str) -> ResponseReturnValue:
    # Shown in the answer to the POST itself: kept anywhere for a redirect, it would lie in clear.
    address = door.address_of(url_for("staff.sign_in.welcome", token=token))
    return render_template("staff/people/link.html", person=staff, address=address)


def _page(staff: Staff, form: RoleForm) -> ResponseReturnValue:
    page = render_template(
        "staff/people/show.html", person=staff, form=form, names=ROLE_NAMES,
        grants=[grant for grant in staff.grants if grant.ended_at is None],
        rows=session_lists.of_staff(staff.id, limits=HELD, now=_now()), limits=limits(), at=_now(),
        reset=services.waiting_reset(staff),
    )  # fmt: skip
    return page, form.status


_now = clock.now
