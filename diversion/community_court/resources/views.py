"""Show the directory of services; add, amend and verify its entries."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.resources import rules
from diversion.community_court.resources.forms import ResourceForm, filled
from diversion.core import once
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.partners.agencies import queries, services
from diversion.partners.agencies.models import OrganizationKind
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("resources", __name__)


@bp.get("/resources")
@requires(Permission.RESOURCE_READ)
def directory() -> ResponseReturnValue:
    """List organizations, those open day and night first."""
    text, kind = request.args.get("q", "")[:60], request.args.get("kind", "")
    chosen = OrganizationKind(kind) if kind in set(OrganizationKind) else None
    listed = queries.listed(court_today())
    found = rules.shown(listed, text, chosen, court_today())
    kinds = sorted({each.kind for each in listed})
    return render_template(
        "community_court/resources/directory.html", found=found, text=text, kinds=kinds, kind=chosen
    )


@bp.route("/resources/new", methods=["GET", "POST"])
@requires(Permission.RESOURCE_WRITE)
def add() -> ResponseReturnValue:
    """Add an entry; the same form twice is one entry."""
    form = ResourceForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            hashed = once.request_hash("resource", {"name": form.name.data})
            if once.claim(form.key, hashed) is None:
                services.add_organization(form.listing, verified_on=court_today(), by=signed_in())
            flash_done(_("The entry is added."))
            return redirect(url_for("community_court.resources.directory"), 303)
    return render_template(
        "community_court/resources/edit.html", form=form, there=None
    ), form.status


@bp.route("/resources/<handle:resource>", methods=["GET", "POST"])
@requires(Permission.RESOURCE_WRITE)
def edit(resource: str) -> ResponseReturnValue:
    """Change an entry, unless someone else did so meanwhile."""
    there = queries.organization(resource)
    form = filled(there)
    if form.validate_on_submit():
        with refused(form), transaction():
            services.amend(there, form.listing, version=form.seen, by=signed_in())
            flash_done(_("The entry is saved."))
            return redirect(url_for("community_court.resources.directory"), 303)
        form.version.data = str(queries.organization(resource).version)
    return render_template(
        "community_court/resources/edit.html", form=form, there=there
    ), form.status


@bp.post("/resources/<handle:resource>/verify")
@requires(Permission.RESOURCE_WRITE)
def verify(resource: str) -> ResponseReturnValue:
    """Say that someone called today and that the entry is right."""
    with transaction():
        services.verify(queries.organization(resource), by=signed_in(), on=court_today())
        flash_done(_("Verified today."))
        return redirect(url_for("community_court.resources.directory"), 303)
