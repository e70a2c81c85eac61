"""Follow the links that somebody finds, from Today on."""

import re
from collections import Counter, deque
from collections.abc import Container, Iterator
from dataclasses import dataclass
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
MOST = 25  # how many addresses of one endpoint are opened
OF_ONE_PAGE = 2  # and how many of those to which one kind of page leads: its list of all, of paid


@dataclass(frozen=True)
class Page:
    """What came back from an address."""

    status: int
    mimetype: str
    data: bytes

    @classmethod
    def of(cls, answer: TestResponse) -> "Page":
        return cls(answer.status_code, answer.mimetype, answer.data)


Pages = dict[str, dict[str, Page]]


def walk(program: Flask, client: FlaskClient, known_to: Container[str] = ()) -> Pages:
    """Return what the browser of `client` reached: pages by address, by endpoint.

    Of endpoints that are `known_to` others already, two addresses are opened.
    """
    seen: Pages = {}
    waiting, known, led = deque(["/"]), {"/"}, Counter[tuple[str | None, ...]]()
    while waiting:
        address = waiting.popleft()
        endpoint = _endpoint(program, address)
        most = OF_ONE_PAGE if endpoint in known_to else MOST
        if endpoint is None or len(seen.get(endpoint, {})) >= most:
            continue
        page = Page.of(client.get(address))
        seen.setdefault(endpoint, {})[address] = page
        for link in links(page, LINK):
            step = (endpoint, address.partition("?")[2], _endpoint(program, link))
            if link not in known and led[step] < OF_ONE_PAGE:
                led[step] += 1
                known.add(link)
                waiting.append(link)
    return seen


def links(page: Page, pattern: re.Pattern[str]) -> list[str]:
    """Return the addresses of a page in their order, each once."""
    if page.mimetype != "text/html":
        return []
    return list(dict.fromkeys(map(unescape, pattern.findall(page.data.decode()))))


def bodies(found: Pages) -> Iterator[bytes]:
    """Yield the contents of every page that somebody reached, styles and scripts left out."""
    for endpoint, pages in found.items():
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
