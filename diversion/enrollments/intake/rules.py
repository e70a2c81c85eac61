"""Make values of what was typed about safe contact, and refuse hours that end before they begin."""

from collections.abc import Mapping
from typing import Any

from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.participants.safe_contact import SafeContact, Wording


class HoursEndFirst(Invalid):
    """The safe hours begin before they end."""

    sentence = _("The safe hours end before they begin.")
    field = "until_hour"


def contact_rules(typed: Mapping[str, Any]) -> SafeContact:
    """Return the rules of contact. Raises HoursEndFirst."""
    if typed["until_hour"] <= typed["from_hour"]:
        raise HoursEndFirst
    return SafeContact(
        wording=typed["wording"] or Wording.DISCREET,
        from_hour=typed["from_hour"],
        until_hour=typed["until_hour"],
        watched=typed["watched"],
        letters=typed["letters"],
    )
