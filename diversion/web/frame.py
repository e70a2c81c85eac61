"""Give every page what its frame shows, with nothing in it until upper floors fill it."""

from typing import Any

from flask import Flask
from flask_babel import get_locale

from diversion.core import clock


def set_up(app: Flask) -> None:
    app.context_processor(empty_frame)
    app.jinja_env.globals["now"] = clock.now


def empty_frame() -> dict[str, Any]:
    """Return the frame of a page for nobody; the floors above add who is there and what opens."""
    return {
        "language": str(get_locale() or "en"),
        "me": None,
        "me_short": "",
        "nav": (),
        "find": None,
        "account": (),
        "help_url": "/help",
        "keys_on": True,
        "practice": False,
    }
