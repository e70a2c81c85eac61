"""Read marks out of what a page or a device sends."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import StopValidation

from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.sbad.attendance.reasons import Removal
from diversion.sbad.attendance.rules import (
    IN_THE_ROOM,
    TIMED,
    WHOLE_DAY,
    Current,
    Mark,
    Presence,
)
from diversion.sbad.classes.models import CourseModule
from diversion.web.fields import CodeField, Filled, WholeField
from diversion.web.forms import CreatingForm, Form, choices

OP = re.compile(r"[A-Za-z0-9_-]{16,64}")
KEY = r"([0-9a-z]{4,20}(?:\.[1-9][0-9]?)?)"
SEEN = re.compile(KEY + r":([0-9]{1,6}):([a-z_]{4,12})")
KEPT = re.compile(KEY + r":([a-z_]{4,12}):([1-9][0-9]{0,2})?:([0-9.]{0,40})")
PLACE = re.compile(r"[1-9][0-9]?")
MISSED = re.compile(r"missed-([1-9][0-9]?)")
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
    reason = CodeField(_("Why the person had to leave"), codes=Removal)
    missed = SelectMultipleField(_("Modules missed"), choices=[])

    def mark(self, handle: str, current: Current, module: int, now: datetime) -> Mark:
        """Return the mark that was chosen, after validation."""
        value = Presence(self["value"].data)
        minutes = self["minutes"].data if value in TIMED else None
        given = {"reason": self["reason"].data, "missed": ".".join(self["missed"].data or ())}
        return Mark(
            self.key, handle, value, now, current.version, minutes,
            reason=_why(given, value), missed=_missed(given, value, module), module=module,
        )  # fmt: skip

    def offer(self, modules: Sequence[CourseModule]) -> None:
        """Offer the modules of the course, by their places."""
        self["missed"].choices = choices({each.place: each.name for each in modules})

    def validate_reason(self, field: CodeField) -> None:
        """Ask why someone had to leave, and of nobody else."""
        if self["value"].data == Presence.REMOVED and not field.data:
            raise StopValidation(_("Choose why."))

    def show_current(self, current: Current) -> None:
        """Choose what is marked already, unless something was sent."""
        if self["value"].data is None and not current.is_blank:
            self["value"].data, self["minutes"].data = current.value, current.minutes
            self["missed"].data = current.missed.split(".")


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
            op, (row, module) = f"{key}-{handle}"[:64], whose(handle)
            made = Mark(op, row, _presence(value), now, int(version), module=module)
            marks.append(made)
    if kept := KEPT.fullmatch(sent.get("keep", "")):
        marks.append(_kept(key, {each[0]: each[1] for each in seen}, kept, now))
    return marks


def _kept(key: str, seen: dict[str, str], kept: re.Match[str], now: datetime) -> Mark:
    """Return the one of two marks that differ which is to stay."""
    handle, value, minutes, missed = kept.groups()
    version = int(seen.get(handle, 0))
    timed = int(minutes) if minutes else None
    op, (row, module) = f"{key}-{handle}-k"[:64], whose(handle)
    return Mark(op, row, _presence(value), now, version, timed, missed=missed, module=module)


def whose(key: str) -> tuple[str, int]:
    """Return of whom, and in the roll of which module, a row is. Raises NotMarks."""
    handle, dot, module = key.partition(".")
    if dot and not PLACE.fullmatch(module):
        raise NotMarks
    return handle[:21], int(module or WHOLE_DAY)


def from_device(sent: dict[str, Any], now: datetime) -> tuple[list[Mark], int]:
    """Return the marks that a device sends, and the newest mark that it knows. Raises NotMarks."""
    listed, since = sent.get("marks"), sent.get("since", 0)
    if not isinstance(listed, list) or len(listed) > MOST_MARKS or type(since) is not int:
        raise NotMarks
    return [_operation(each, now) for each in listed], since


def _operation(sent: Any, now: datetime) -> Mark:
    try:
        op, handle, device = (str(sent[name]) for name in ("op", "registration", "device"))
        at = datetime.fromisoformat(str(sent["at"]))
        base = int(sent["base_version"])
        batch = str(sent.get("batch", ""))
        minutes = int(sent.get("minutes") or 0)
    except (KeyError, TypeError, ValueError) as error:
        raise NotMarks from error
    if not (OP.fullmatch(op) and DEVICE.fullmatch(device) and DEVICE.fullmatch(batch[:40])):
        raise NotMarks
    if at.tzinfo is None or not 0 <= base < 10**6 or not 0 <= minutes <= 600:
        raise NotMarks
    at = min(at, now + CLOCK_AHEAD)  # a device whose clock runs ahead must not win for ever
    value = _presence(str(sent.get("value")))
    timed = minutes or None if value in TIMED else None
    row, module = whose(handle)
    reason, missed = _why(sent, value), _missed(sent, value, module)
    return Mark(op, row, value, at, base, timed, device, batch, reason, missed, module)


def _why(sent: Mapping[str, Any], value: Presence) -> str:
    """Return the code of why someone was removed; a device that gives none said nothing else."""
    if value is not Presence.REMOVED:
        return ""
    known = {each.value for each in Removal}
    given = str(sent.get("reason"))
    return given if given in known else Removal.OTHER.value


def _missed(sent: Mapping[str, Any], value: Presence, module: int) -> str:
    """Return which modules someone who was there that day missed, as `1.3`."""
    if value not in IN_THE_ROOM or module != WHOLE_DAY:
        return ""
    boxes = [found[1] for name in sent if (found := MISSED.fullmatch(name))]
    kept = [place for place in str(sent.get("missed") or "").split(".") if place.isdecimal()]
    return ".".join(sorted({*boxes, *kept}, key=int))[:40]


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
