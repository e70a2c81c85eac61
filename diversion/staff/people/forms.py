"""Read what administrators type about people."""

from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from diversion.core.words import _
from diversion.staff.people.words import ROLE_NAMES
from diversion.staff.permissions import Role
from diversion.web.forms import CreatingForm, Form, choices

NOT_AN_EMAIL = _("This is not an email address. Write it like rosa@county.gov.")
EMAIL = r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}"


# What every county begins with; the other roles are asked for on a person's own page.
AT_SET_UP = (
    Role.ADMINISTRATOR, Role.COURT_COORDINATOR, Role.MENTOR, Role.SBAD_COORDINATOR,
    Role.INSTRUCTOR, Role.DEPUTY_DA, Role.FINANCE_CLERK, Role.FINANCE_APPROVER,
)  # fmt: skip


class InviteForm(CreatingForm):
    """A person to invite and the roles to ask for."""

    name = StringField(_("Name"), [InputRequired(_("Type the name.")), Length(max=100)])
    email = EmailField(
        _("Work email"),
        [InputRequired(_("Type the email.")), Length(max=254), Regexp(EMAIL, message=NOT_AN_EMAIL)],
    )
    roles = SelectMultipleField(
        _("Roles"),
        choices=choices(AT_SET_UP, names=ROLE_NAMES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class RoleForm(Form):
    """A role to ask for."""

    role = SelectField(_("Role"), choices=choices(Role, names=ROLE_NAMES))
