"""Every page, as whoever uses it most: usable by all, as wide as its window, quiet, well formed."""

import gzip
import re
from typing import Any

import pytest

from tests.browser.axe import overflows, violations
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import client_of, enter
from tests.browser.crawl import endpoint_of, pages

# Each page is looked at as the first of these who reaches it.
PARTS = ("court", "classes", "instructor", "clerk", "approver", "mentor", "admin", "auditor")
SIGNED_OUT = ("/sign-in", "/help", "/no-such-page")
STRAY = re.compile(r"<[^>]*\s(?:style|on[a-z]+)\s*=|<script(?![^>]*\ssrc=)|javascript:", re.I)


@pytest.fixture(scope="module")
def reached(live: Live) -> dict[str, dict[str, str]]:
    """The pages of each part that no earlier part reaches."""
    seen: set[str] = set()
    found: dict[str, dict[str, str]] = {}
    for part in PARTS:
        own = pages(live.app, client_of(live.app, part))
        found[part] = {name: path for name, path in own.items() if name not in seen or path == "/"}
        seen |= set(own)
    return found


@pytest.mark.parametrize("part", PARTS)
def test_every_page_passes_axe_and_fits(
    contexts: Any, live: Live, reached: dict[str, dict[str, str]], part: str
) -> None:
    page = contexts(viewport=DESKTOP, bypass_csp=True)
    enter(page, live, part)
    wrong: dict[str, list[str]] = {}
    for name, path in reached[part].items():
        page.set_viewport_size(DESKTOP)
        page.goto(f"{live.address}{path}")
        found = [f"{name} desktop {text}" for text in _looked_at(page)]
        page.set_viewport_size(PHONE)
        wrong[name] = found + [f"{name} phone {text}" for text in _looked_at(page)]
    assert [text for found in wrong.values() for text in found] == []


def _looked_at(page: Any) -> list[str]:
    return violations(page) + (["is too wide"] if overflows(page) else [])


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_pages_for_everyone_pass_axe_and_fit(contexts: Any, live: Live, path: str) -> None:
    page = contexts(viewport=PHONE, bypass_csp=True)
    page.goto(f"{live.address}{path}")
    assert _looked_at(page) == []


def test_no_page_breaks_the_policy_wb_02(
    contexts: Any, live: Live, reached: dict[str, dict[str, str]]
) -> None:
    for part in PARTS:
        page = contexts(viewport=DESKTOP)
        enter(page, live, part)
        page.add_init_script(
            "window.violated = []; document.addEventListener('securitypolicyviolation',"
            " e => window.violated.push(e.violatedDirective))"
        )
        for path in reached[part].values():
            page.goto(f"{live.address}{path}", wait_until="commit")
            page.wait_for_load_state("load")
            assert page.evaluate("window.violated") == [], path


def test_every_page_is_well_formed(live: Live, reached: dict[str, dict[str, str]]) -> None:
    for part in PARTS:
        titles: dict[str, str] = {}
        client = client_of(live.app, part)
        for name, path in reached[part].items():
            text = client.get(path).text
            assert text.count("<h1") == 1, path
            assert len(re.findall(r"<title>[^<]+</title>", text)) == 1, path
            assert not STRAY.search(text), path
            assert text.count("<table") == text.count("<caption"), path
            title = re.findall(r"<title>([^<]+)</title>", text)[0]
            assert titles.setdefault(title, name) == name, f"{title} twice: {path}"


def test_nothing_is_kept_on_the_device_co_10(
    contexts: Any, live: Live, reached: dict[str, dict[str, str]]
) -> None:
    page = contexts(viewport=DESKTOP, bypass_csp=True)
    enter(page, live, "court")
    for path in reached["court"].values():
        answer = page.goto(f"{live.address}{path}")
        assert answer.headers["cache-control"] == "no-store"
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, 0, 0]


def test_every_page_has_its_budget(live: Live, reached: dict[str, dict[str, str]]) -> None:
    heavy = {
        path: size
        for part in PARTS
        for path in reached[part].values()
        for size in [len(gzip.compress(client_of(live.app, part).get(path).data, 9))]
        if size > 30_000
    }
    assert heavy == {}


def test_the_walk_reaches_more_than_the_menu(live: Live) -> None:
    found = pages(live.app, client_of(live.app, "clerk"))
    assert {"dashboard.today.show", "fund.register.show", "fund.register.entry"} <= set(found)
    assert endpoint_of(live.app, "/no/such/page") is None
