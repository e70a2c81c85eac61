"""Keep requests within bounds: sizes, nesting, unprintable zeros, bursts.

The size limits themselves are settings of the framework (`MAX_CONTENT_LENGTH`,
`MAX_FORM_MEMORY_SIZE`, `MAX_FORM_PARTS`), which applies the last two to forms with
files only; here they hold for all. Slow requests are the server's to end.
"""

from io import BytesIO
from typing import IO

from flask import Flask, Request, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

DEEPEST_JSON = 20
MOST_PAIRS = 2000
# A burst guard only, counted per process; what must hold is counted in the database.
BURST = "1200 per minute"
limiter = Limiter(get_remote_address, default_limits=[BURST], storage_uri="memory://")


class InMemory(Request):
    """A request whose files never touch the disk, where they would lie unsealed."""

    def _get_file_stream(self, *_about: object, **_it: object) -> IO[bytes]:
        return BytesIO()


def set_up(app: Flask) -> None:
    app.request_class = InMemory
    app.config.setdefault("RATELIMIT_HEADERS_ENABLED", False)
    limiter.init_app(app)
    app.before_request(refuse_what_is_no_request)


def refuse_what_is_no_request() -> None:
    """Answer 400 to a zero byte anywhere (no column keeps one) and to bottomless JSON."""
    if request.mimetype != "multipart/form-data":
        largest = current_app.config["MAX_FORM_MEMORY_SIZE"]
        request.max_content_length = min(largest, current_app.config["MAX_CONTENT_LENGTH"])
    typed = [request.path, request.query_string.decode("latin-1"), *_texts(request.args)]
    if request.method != "GET":
        typed += _texts(request.form)
    if len(typed) > 2 * MOST_PAIRS:
        raise RequestEntityTooLarge
    if any("\0" in text for text in typed):
        raise BadRequest
    if request.is_json and depth(request.get_data()) > DEEPEST_JSON:
        raise BadRequest


def _texts(pairs: MultiDict[str, str]) -> list[str]:
    return [text for pair in pairs.items(multi=True) for text in pair]


def depth(text: bytes) -> int:
    """Return how deep the brackets of a JSON text are nested, without parsing it."""
    deepest = now = 0
    in_string = escaped = False
    for sign in text.decode("utf-8", "replace"):
        if in_string:
            escaped, in_string = sign == "\\" and not escaped, sign != '"' or escaped
        elif sign == '"':
            in_string = True
        elif sign in "[{":
            now += 1
            deepest = max(deepest, now)
        elif sign in "]}":
            now -= 1
    return deepest
