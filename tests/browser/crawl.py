"""Walk through the program as somebody, one page of each kind."""

import re
from collections import deque
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

LINK = re.compile(r'href="(/[^"#]*)')


def pages(app: Flask, client: FlaskClient, start: str = "/") -> dict[str, str]:
    """Return one address for each view that links from `start` lead to, with its endpoint."""
    found: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_of(app, path)
        if endpoint is None or endpoint in found or endpoint == "static":
            continue
        answer = client.get(path)
        assert answer.status_code < 500, f"{path} failed"
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found[endpoint] = path
            waiting.extend(unescape(link) for link in LINK.findall(answer.text))
        answer.close()
    return found


def endpoint_of(app: Flask, path: str) -> str | None:
    """Return which view answers a GET of `path`, if any does."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(path.partition("?")[0])
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)
