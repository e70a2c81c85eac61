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
PAGES_OF_A_KIND = 12  # how many addresses of one endpoint are opened
OF_ONE_PAGE = 2  # and how many of those one page leads to: lists lead to different ones


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
            new = [link for link in _links(page) if link not in known]
            fresh = list(_few(program, new))
            known.update(fresh)
            waiting.extend(fresh)
    return seen


def _links(page: TestResponse) -> list[str]:
    return list(dict.fromkeys(map(unescape, LINK.findall(page.get_data(as_text=True)))))


def _few(program: Flask, links: list[str]) -> Iterator[str]:
    """Yield the first links of each kind: a list of a hundred people leads to alike pages."""
    taken: Counter[str | None] = Counter()
    for link in links:
        endpoint = _endpoint(program, link)
        taken[endpoint] += 1
        if taken[endpoint] <= OF_ONE_PAGE:
            yield link


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
