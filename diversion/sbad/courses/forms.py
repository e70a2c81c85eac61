"""Read what a course teaches, and who presents its modules."""

from collections.abc import Iterable, Mapping

from wtforms import TextAreaField

from diversion.core.words import _
from diversion.sbad.classes.models import CourseModule
from diversion.web.fields import AtMost, Filled, TextField, WholeField
from diversion.web.forms import CreatingForm, Form


class CourseForm(CreatingForm):
    """A course: its name, how late one may come, and its modules in order."""

    name = TextField(_("Name"), [Filled(), AtMost(120)])
    grace = WholeField(_("Minutes of grace"), [Filled()], least=0, most=120, default=15)
    modules = TextAreaField(_("Modules"), [Filled(), AtMost(2000)])


def presenters_form(modules: Iterable[CourseModule], names: Mapping[int, str]) -> Form:
    """Return a form with a line for each module of a course, filled with who presents it now."""
    fields = {
        f"module_{each.place}": TextField(each.name, [AtMost(120)], default=names.get(each.id, ""))
        for each in modules
    }
    made: Form = type("PresentersForm", (Form,), fields)()
    return made
