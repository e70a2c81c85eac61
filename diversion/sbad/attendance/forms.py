"""Read marks out of what a page or a device sends."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.sbad.attendance.rules import TIMED, Current, Mark, Presence
from diversion.web.fields import CodeField, Filled, WholeField
from diversion.web.forms import CreatingForm, Form

OP = re.compile(r"[A-Za-z0-9_-]{16,64}")
SEEN = re.compile(r"([0-9a-z]{4,20}):([0-9]{1,6}):([a-z_]{4,12})")
DEVICE = re.compile(r"[A-Za-z0-9_-]{0,40}")
MOST_MARKS = 500
CLOCK_AHEAD = timedelta(minutes=5)


class NotMarks(Invalid):
    """Marks are sent as the roll page sends them."""

    sentence = _("These marks can't be read. Open the roll again.")


class MarkForm(CreatingForm):
    """One person's mark, with minutes where they matter."""

    value = CodeField(_("Mark"), [Filled(_("Choose one."))], codes=Presence)
    minutes = WholeField(_("Minutes"), least=1, most=600)

    def mark(self, handle: str, current: Current, now: datetime) -> Mark:
        """Return the mark that was chosen, after validation."""
        value = Presence(self["value"].data)
        minutes = self["minutes"].data if value in TIMED else None
        return Mark(self.key, handle, value, now, current.version, minutes)

    def show_current(self, current: Current) -> None:
        """Choose what is marked already, unless something was sent."""
        if self["value"].data is None and not current.is_blank:
            self["value"].data, self["minutes"].data = current.value, current.minutes


def from_page(sent: Mapping[str, str], now: datetime) -> list[Mark]:
    """Return the marks that were changed on a page without scripts. Raises NotMarks.

    `seen` says what the page showed, so an unchanged row sends nothing.
    """
    key = sent.get("op", "")
    seen = SEEN.findall(sent.get("seen", ""))
    if not OP.fullmatch(key) or len(seen) > MOST_MARKS:
        raise NotMarks
    marks = []
    for handle, version, shown in seen:
        value = sent.get(f"m-{handle}", "")
        if value and value != shown:
            marks.append(Mark(f"{key}-{handle}"[:64], handle, _presence(value), now, int(version)))
    return marks


def from_device(sent: Any, now: datetime) -> list[Mark]:
    """Return the marks that a device sends, as operations with its own ids. Raises NotMarks."""
    listed = sent.get("marks") if isinstance(sent, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_MARKS:
        raise NotMarks
    return [_operation(each, now) for each in listed]


def _operation(sent: Any, now: datetime) -> Mark:
    try:
        op, handle, device = (str(sent[name]) for name in ("op", "registration", "device"))
        at = datetime.fromisoformat(str(sent["at"]))
        base = int(sent["base_version"])
        batch = str(sent.get("batch", ""))
    except (KeyError, TypeError, ValueError) as error:
        raise NotMarks from error
    if not (OP.fullmatch(op) and DEVICE.fullmatch(device) and DEVICE.fullmatch(batch[:40])):
        raise NotMarks
    if at.tzinfo is None or not 0 <= base < 10**6 or len(handle) > 20:
        raise NotMarks
    at = min(at, now + CLOCK_AHEAD)  # a device whose clock runs ahead must not win for ever
    return Mark(op, handle, _presence(str(sent.get("value"))), at, base, None, device, batch)


def _presence(value: str) -> Presence:
    try:
        return Presence(value)
    except ValueError as error:
        raise NotMarks from error


class WalkInForm(Form):
    """The line of the paper sheet on which someone without a registration signed."""

    line = WholeField(_("Line of the sign-in sheet"), [Filled()], least=1, most=999)

    @property
    def number(self) -> int:
        """Return the line, after validation."""
        return int(self.line.data or 0)
