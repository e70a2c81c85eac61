"""Find the forms of a page and fill them in, as somebody who types what they like would."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", "email", "tel", "url", "number", "date", "password"}
# What a field takes that does not take any words, tried one after the other.
PLAUSIBLE = ("12/15/2026", "10.00", "503-555-0150", "quill@county.example", "9:00 AM", "20", "OR")


@dataclass
class Form:
    """A form: where it goes, what it holds already, and which of its fields take typing."""

    action: str
    held: dict[str, str] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)  # by name: how many signs at most
    wrong: set[str] = field(default_factory=set)

    @property
    def kind(self) -> frozenset[str]:
        return frozenset(name.rstrip("0123456789") for name in [*self.held, *self.texts])


class Reader(HTMLParser):
    """Collect the forms of a page, and what a browser would take as elements."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._form: Form | None = None
        self._select = ""

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: nobody asks in which one something stands."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag == "form":
            self._form = None
            if found.get("method", "").lower() == "post":
                self._form = Form(found.get("action") or self.address)
                self.forms.append(self._form)
        elif self._form is not None:
            self._take(self._form, tag, found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _take(self, form: Form, tag: str, found: dict[str, str]) -> None:
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and value and ("selected" in found or self._select not in form.held):
            form.held[self._select] = value
        elif tag == "textarea" or (tag == "input" and found.get("type", "text") in TYPED):
            form.texts[name] = int(found.get("maxlength", 100_000))
            if value:
                form.held[name] = value
            if found.get("aria-invalid") == "true":
                form.wrong.add(name)
        elif tag == "input" and name and found.get("type") != "file":
            is_box = found.get("type") in {"radio", "checkbox"}
            if not is_box or "checked" in found or name not in form.held:
                form.held[name] = value
        elif tag == "button" and name and name not in form.held:
            form.held[name] = value


def read(page: str, address: str) -> Reader:
    reader = Reader(address)
    reader.feed(page)
    return reader


def foreign(reader: Reader) -> Iterator[str]:
    """Yield what no template brings: a handler, a script of its own, a script as an address."""
    for tag, found in reader.elements:
        if tag in {"iframe", "object", "embed", "base", "style", "math"}:
            yield tag
        if tag == "script" and not found.get("src", "").startswith("/static/"):
            yield tag
        yield from (f"{tag} {name}" for name in found if name == "style" or name.startswith("on"))
        for name in ("href", "src", "action", "formaction"):
            if (found.get(name) or "/").lstrip()[:1] not in {"/", "#", "?", "m", "t"}:
                yield f"{tag} {name}={found[name]}"
