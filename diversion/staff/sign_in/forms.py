"""Read what is typed to sign in."""

from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from diversion.core.words import _
from diversion.web.forms import Form

ASK_EMAIL = _("Type your work email.")
ASK_PASSWORD = _("Type your password.")
ASK_CODE = _("Type the 6 digits from your app.")
ASK_NOTICE = _("Confirm that you use this system for your work only.")


def _notice() -> BooleanField:
    """Return the use notice, which is acknowledged by whichever door somebody comes in."""
    return BooleanField(_("I use this system for my work only."), [DataRequired(ASK_NOTICE)])


class StartForm(Form):
    """Email, password, and the use notice."""

    email = EmailField(_("Work email"), [InputRequired(ASK_EMAIL), Length(max=254)])
    password = PasswordField(_("Password"), [InputRequired(ASK_PASSWORD)])
    notice = _notice()


class UnlockForm(Form):
    """The password of whoever covered the screen."""

    password = PasswordField(_("Password"), [InputRequired(ASK_PASSWORD)])


class CodeForm(Form):
    """The code of an authenticator app."""

    code = StringField(_("6-digit code"), [InputRequired(ASK_CODE), Length(max=20)])


class PasswordForm(Form):
    """A new password; one field that can be shown, so it need not be typed twice."""

    password = PasswordField(_("New password"), [InputRequired(_("Choose a password."))])


class WelcomeForm(PasswordForm):
    """The password that a link lets somebody choose, and the use notice."""

    notice = _notice()


class ChangeForm(PasswordForm):
    """A new password beside the present one."""

    present = PasswordField(_("Present password"), [InputRequired(ASK_PASSWORD)])
