"""Give every page what its frame shows, with nothing in it until upper floors fill it."""

from typing import Any

from flask import Flask

from diversion.core import clock
from diversion.web import written


def set_up(app: Flask) -> None:
    app.context_processor(empty_frame)
    app.jinja_env.globals["now"] = clock.now


def empty_frame() -> dict[str, Any]:
    """Return the frame of a page for nobody; the floors above add who is there and what opens."""
    return {
        "language": written.locale(),
        "me": None,
        "me_short": "",
        "nav": (),
        "find": None,
        "account": (),
        "help_url": "/help",
        "keys_on": True,
        "practice": False,
        "top_key": None,
        "top_mine": None,
    }
