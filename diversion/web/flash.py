"""Say once, on the next page, what was done.

The text waits in the row of the sign-in session, never in a cookie. It holds no
name: say "The person is registered", not who. The guard of the staff floor puts it there
by `g.put_flash`, in the transaction of what was done where one is open (`g.flash_put`), else
at the end of the request, and brings it back as `g.flash_shown`.
"""

from dataclasses import astuple, dataclass

from flask import Flask, g

from diversion.core.database import is_writing
from diversion.core.words import Sentence
from diversion.web.languages import said


@dataclass(frozen=True)
class Note:
    """What a page says; `kind` is `done` or `info`; a link may undo it or lead on."""

    kind: str
    text: str
    link: str = ""
    link_text: str = ""


def set_up(app: Flask) -> None:
    app.context_processor(lambda: {"flash_note": take})


def flash_done(sentence: Sentence, *, link: str = "", link_text: Sentence | None = None) -> None:
    """Say that something was done."""
    _keep(Note("done", said(sentence), link, said(link_text) if link_text else ""))


def flash_note(sentence: Sentence, *, link: str = "", link_text: Sentence | None = None) -> None:
    """Say something worth knowing that is neither success nor failure."""
    _keep(Note("info", said(sentence), link, said(link_text) if link_text else ""))


def take() -> Note | None:
    """Return the note for this page, once."""
    kept = g.pop("flash_waiting", None) or g.pop("flash_shown", None)
    return Note(*kept) if kept else None


def _keep(note: Note) -> None:
    g.flash_waiting = astuple(note)
    if is_writing() and g.put_flash(*g.flash_waiting):
        g.flash_put = g.flash_waiting
