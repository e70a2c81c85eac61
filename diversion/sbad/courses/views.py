"""List the courses, add one, take one out of use, and say who presents a class day's modules."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from diversion.core import once
from diversion.core.database import db, transaction
from diversion.core.words import _
from diversion.sbad.classes import queries
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.models import Course
from diversion.sbad.courses import services
from diversion.sbad.courses.forms import CourseForm, presenters_form
from diversion.sbad.courses.rules import modules
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("courses", __name__)


@bp.route("/courses", methods=["GET", "POST"])
@requires(Permission.CLASS_MANAGE)
def show() -> ResponseReturnValue:
    form = CourseForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            _add(form)
            flash_done(_("The course is added. New classes can choose it."))
            return redirect(url_for(".show"), 303)
    found = db.session.scalars(select(Course).order_by(Course.retired_on, Course.name)).all()
    return render_template("sbad/courses/show.html", form=form, courses=found), form.status


@bp.post("/courses/<handle:handle>/retirement")
@requires(Permission.CLASS_MANAGE)
def retire(handle: str) -> ResponseReturnValue:
    with transaction():
        services.retire(queries.course(handle), by=signed_in(), on=court_today())
        flash_done(_("Out of use. Classes that were planned keep the course."))
    return redirect(url_for(".show"), 303)


@bp.route("/<dated:handle>/presenters", methods=["GET", "POST"])
@requires(Permission.CLASS_MANAGE)
def present(handle: str) -> ResponseReturnValue:
    session = queries.class_for(handle, by=signed_in())
    parts = session.course.modules
    form = presenters_form(parts, services.presenters(session.id))
    if form.validate_on_submit():
        names = {each.id: form[f"module_{each.place}"].data or "" for each in parts}
        with refused(form), transaction():
            session = queries.class_for(handle, by=signed_in(), lock=True)
            services.present(session, names, by=signed_in(), on=court_today())
            flash_done(_("Saved who presents."))
            return redirect(url_for("sbad.days.show", handle=handle), 303)
    fields = [form[f"module_{each.place}"] for each in parts]
    page = "sbad/courses/present.html"
    return render_template(page, form=form, session=session, fields=fields), form.status


def _add(form: CourseForm) -> None:
    wanted = modules(form["modules"].data)
    asked = once.request_hash("course", {"name": form["name"].data, "modules": wanted})
    if once.claim(form.key, asked) is None:
        grace = form.grace.data
        classes.add_course(form["name"].data, wanted, grace_minutes=grace, by=signed_in())
