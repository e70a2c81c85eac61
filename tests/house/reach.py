"""Follow the links that somebody finds, from Today on."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
PAGES_OF_A_KIND = 5  # how many addresses of one endpoint are opened


def walk(program: Flask, client: FlaskClient) -> dict[str, dict[str, TestResponse]]:
    """Return what the browser of `client` reached: answers by address, by endpoint."""
    seen: dict[str, dict[str, TestResponse]] = {}
    waiting, known = deque(["/"]), {"/"}
    while waiting:
        address = waiting.popleft()
        endpoint = _endpoint(program, address)
        if endpoint is None or len(seen.get(endpoint, {})) >= PAGES_OF_A_KIND:
            continue
        page = client.get(address)
        seen.setdefault(endpoint, {})[address] = page
        if page.mimetype == "text/html":
            for link in map(unescape, LINK.findall(page.get_data(as_text=True))):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
    return seen


def bodies(program: Flask, client: FlaskClient) -> Iterator[bytes]:
    """Yield the contents of every page that `client` reaches, styles and scripts left out."""
    for endpoint, pages in walk(program, client).items():
        if "static" not in endpoint:
            yield from (page.data for page in pages.values())


def _endpoint(program: Flask, address: str) -> str | None:
    """Return what answers a GET of `address`; None for addresses that are only posted to."""
    path, _, query = address.partition("?")
    try:
        endpoint, _ = program.url_map.bind("localhost").match(path, method="GET", query_args=query)
    except HTTPException:
        return None
    return str(endpoint)
