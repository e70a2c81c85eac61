"""Keep requests within bounds: sizes, nesting, unprintable zeros, bursts.

The size limits themselves are settings of the framework (`MAX_CONTENT_LENGTH`,
`MAX_FORM_MEMORY_SIZE`, `MAX_FORM_PARTS`); slow requests are the server's to end.
"""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import BadRequest

DEEPEST_JSON = 20
# A burst guard only, counted per process; what must hold is counted in the database.
BURST = "1200 per minute"
limiter = Limiter(get_remote_address, default_limits=[BURST], storage_uri="memory://")


def set_up(app: Flask) -> None:
    app.config.setdefault("RATELIMIT_HEADERS_ENABLED", False)
    limiter.init_app(app)
    app.before_request(refuse_what_is_no_request)


def refuse_what_is_no_request() -> None:
    """Answer 400 to a zero byte anywhere (no column keeps one) and to bottomless JSON."""
    typed = [request.path, request.query_string.decode("latin-1")]
    typed += [text for values in request.args.lists() for text in (values[0], *values[1])]
    if request.method != "GET":
        typed += [text for values in request.form.lists() for text in (values[0], *values[1])]
    if any("\0" in text for text in typed):
        raise BadRequest
    if request.is_json and depth(request.get_data()) > DEEPEST_JSON:
        raise BadRequest


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
