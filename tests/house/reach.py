"""Follow the links that somebody finds, from Today on."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
MOST = 25  # how many addresses of one endpoint are opened
OF_ONE_PAGE = 2  # and how many of those to which one kind of page leads: its list of all, of paid


def walk(program: Flask, client: FlaskClient) -> dict[str, dict[str, TestResponse]]:
    """Return what the browser of `client` reached: answers by address, by endpoint."""
    seen: dict[str, dict[str, TestResponse]] = {}
    waiting, known, led = deque(["/"]), {"/"}, Counter[tuple[str | None, ...]]()
    while waiting:
        address = waiting.popleft()
        endpoint = _endpoint(program, address)
        if endpoint is None or len(seen.get(endpoint, {})) >= MOST:
            continue
        page = client.get(address)
        seen.setdefault(endpoint, {})[address] = page
        for link in links(page, LINK):
            step = (endpoint, address.partition("?")[2], _endpoint(program, link))
            if link not in known and led[step] < OF_ONE_PAGE:
                led[step] += 1
                known.add(link)
                waiting.append(link)
    return seen


def links(page: TestResponse, pattern: re.Pattern[str]) -> list[str]:
    """Return the addresses of a page in their order, each once."""
    if page.mimetype != "text/html":
        return []
    return list(dict.fromkeys(map(unescape, pattern.findall(page.get_data(as_text=True)))))


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
