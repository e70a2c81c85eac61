"""Read which part of the log is asked for."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import request
from wtforms.validators import ValidationError

from diversion.audit.models import Act
from diversion.audit.queries import Wanted
from diversion.core.tracks import is_public_number
from diversion.core.words import _
from diversion.web.calendar import court_zone
from diversion.web.fields import AtMost, ChoiceField, CodeField, DateField, TextField
from diversion.web.forms import Form, choices


class LogForm(Form):
    """Filters of the log; they stand in the address, so they can be kept."""

    since = DateField(_("From"))
    until = DateField(_("To"))
    who = ChoiceField(_("Who"))
    act = CodeField(_("What"), codes=Act)
    about = TextField(_("Participant number"), [AtMost(14)])

    def __init__(self, people: Mapping[str, str], acts: Iterable[Act]) -> None:
        super().__init__(request.args, meta={"csrf": False})
        self.who.choices = choices({"": _("Everyone"), **people})
        self.act.choices = [*choices({"": _("Everything")}), *choices(sorted(acts))]

    def validate_about(self, field: TextField) -> None:
        if field.data and not is_public_number(field.data):
            raise ValidationError(_("This is not a number such as 26-0417-3."))

    def wanted(self, ids: Mapping[str, int], acts: frozenset[Act]) -> Wanted:
        """Return the rows asked for; `ids` maps a person's handle to the log's number."""
        zone = ZoneInfo(court_zone())
        since, until = self.since.data, self.until.data
        before = request.args.get("before", "")
        return Wanted(
            actor=ids.get(self.who.data or ""),
            act=self.act.data,
            acts=frozenset(acts),
            since=datetime.combine(since, time(), zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time(), zone) if until else None,
            object=f"participant:{self.about.data}" if self.about.data else None,
            before=int(before)
            if before.isascii() and before.isdigit() and len(before) < 16
            else None,
        )
