"""Ask one question about somebody, with their name above it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core.database import reading
from diversion.participants import access
from diversion.sbad.program.way import TRACK
from diversion.staff.access import signed_in
from diversion.web.forms import Form


def question(template: str, number: str, form: Form, **more: object) -> ResponseReturnValue:
    """Show a question page; the log says that the name was shown. Raises NotYours."""
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.NAMES_SHOWN)
    page = render_template(template, form=form, number=number, who=opened.identity, **more)
    return page, form.status
