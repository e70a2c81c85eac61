"""Read what is typed about an organization of the directory."""

from wtforms import BooleanField, HiddenField

from diversion.core.words import _
from diversion.partners.agencies.models import Organization, OrganizationKind
from diversion.partners.agencies.services import Listing
from diversion.web.fields import AtMost, CodeField, Filled, TextField
from diversion.web.forms import CreatingForm

FIELDS = ("name", "kind", "around_the_clock", "serves", "languages", "phone", "text_line",
          "hours", "address", "what_they_do", "source")  # fmt: skip


class ResourceForm(CreatingForm):
    """An entry of the directory. `version` is the one that was on the page."""

    name = TextField(_("Name"), [Filled(), AtMost(160)])
    kind = CodeField(_("Kind"), [Filled()], codes=OrganizationKind)
    what_they_do = TextField(_("What they do"), [AtMost(500)])
    serves = TextField(_("For whom"), [AtMost(300)])
    languages = TextField(_("Languages"), [AtMost(160)])
    phone = TextField(_("Phone"), [AtMost(20)])
    text_line = TextField(_("Text to"), [AtMost(20)])
    hours = TextField(_("Hours"), [AtMost(160)])
    around_the_clock = BooleanField(_("Open day and night"))
    address = TextField(_("Address"), [AtMost(300)])
    source = TextField(_("Where this is from"), [AtMost(160)])
    version = HiddenField(default="1")

    @property
    def listing(self) -> Listing:
        return Listing(**{name: self[name].data for name in FIELDS})

    @property
    def seen(self) -> int:
        """Return the version that was on the page, 0 if that can't be read."""
        return int(self.version.data) if (self.version.data or "").isdigit() else 0


def filled(organization: Organization) -> ResourceForm:
    """Return the form with what is on file."""
    return ResourceForm(obj=organization, version=str(organization.version))
