"""Put facts into the places of a text; what is no known place stays as it was written."""

import re
from collections.abc import Mapping

PLACES = (
    "name", "number", "case", "county", "phone", "signed", "completed", "dismissed", "set_aside",
    "law", "today", "waiver",
)  # fmt: skip
_PLACE = re.compile(r"\{([a-z_]+)\}")


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return a text with its places filled once; a fact with braces in it is not looked into."""
    return _PLACE.sub(lambda found: facts.get(found[1], found[0]), text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, parted by empty lines."""
    return [" ".join(each.split()) for each in re.split(r"\n\s*\n", text) if each.strip()]


def unknown_places(text: str) -> list[str]:
    """Return the places of a text that nothing fills."""
    return sorted({name for name in _PLACE.findall(text) if name not in PLACES})
