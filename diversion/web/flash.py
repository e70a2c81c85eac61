"""Say once, on the next page, what was done.

The text waits in the row of the sign-in session, never in a cookie, so it holds
no name: say "The person is registered", not who.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from flask import Flask, Response, g

from diversion.core.words import Sentence
from diversion.web.languages import said


@dataclass(frozen=True)
class Note:
    """What the next page says; `kind` is `done` or `info`; a link may offer what comes next."""

    text: str
    kind: str = "done"
    link: str = ""
    link_text: str = ""


class Shelf(Protocol):
    """Where a note waits between two requests of one person; the staff floor has it."""

    def put(self, note: dict[str, Any]) -> None: ...

    def take(self) -> dict[str, Any] | None: ...


shelves: list[Shelf] = []


def set_up(app: Flask) -> None:
    app.after_request(_put_away)
    app.context_processor(lambda: {"flash_note": take})


def flash_done(sentence: Sentence, *, link: str = "", link_text: Sentence | None = None) -> None:
    """Say that something was done; the link may undo it or lead on."""
    g.note = Note(said(sentence), "done", link, said(link_text) if link_text else "")


def flash_note(sentence: Sentence, *, link: str = "", link_text: Sentence | None = None) -> None:
    """Say something worth knowing that is neither success nor failure."""
    g.note = Note(said(sentence), "info", link, said(link_text) if link_text else "")


def take() -> Note | None:
    """Return the note for this page, once."""
    if (note := g.pop("note", None)) is not None:
        return note if isinstance(note, Note) else None
    waiting = shelves[-1].take() if shelves else None
    return Note(**waiting) if waiting else None


def _put_away(response: Response) -> Response:
    note: Note | None = g.pop("note", None)
    if note is not None and 300 <= response.status_code < 400 and shelves:
        shelves[-1].put(asdict(note))
    return response


def keep_on(shelf: Shelf) -> Callable[[], None]:
    """Let notes wait on `shelf` from now on; the answer undoes it."""
    shelves.append(shelf)
    return lambda: shelves.remove(shelf)
