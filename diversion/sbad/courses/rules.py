"""Read the modules of a course as they are typed, a line each: name, comma, minutes."""

import re

from diversion.core.errors import Invalid
from diversion.core.words import _

LINE = re.compile(r"(?P<name>.*\S)\s*[,;]\s*(?P<minutes>[1-9][0-9]{0,2})\s*(min(utes)?\.?)?")
MOST = 12
LONGEST = 120


class NotModules(Invalid):
    """A module has a name and its minutes."""

    sentence = _("Write a module on each line: its name, a comma, its minutes.")
    field = "modules"


def modules(text: str) -> list[tuple[str, int]]:
    """Return name and minutes of each module, in order. Raises NotModules."""
    found = [LINE.fullmatch(line.strip()) for line in text.splitlines() if line.strip()]
    if not 0 < len(found) <= MOST:
        raise NotModules
    return [_module(each) for each in found]


def _module(found: "re.Match[str] | None") -> tuple[str, int]:
    if found is None or len(found["name"]) > LONGEST:
        raise NotModules
    return found["name"], int(found["minutes"])
