"""Every page, as whoever uses it most: usable by all, as wide as its window, quiet, well formed."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from diversion.cli.rehearsal import cast
from tests.browser.axe import bring, overflows, violations
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter
from tests.house import walks
from tests.house.reach import Page as Body

# Each page is looked at as the first of these who reaches it.
PARTS = ("court", "classes", "instructor", "clerk", "approver", "mentor", "admin", "auditor")
SIGNED_OUT = ("/sign-in", "/help", "/no-such-page")
# As long as all other rules together. The style guide shows every colour, the long runs every page.
SLOW = ("color-contrast",)
STRAY = re.compile(r"<[^>]*\s(?:style|on[a-z]+)\s*=|<script(?![^>]*\ssrc=)|javascript:", re.I)
TITLE = re.compile(r"<title>([^<]+)</title>")
NOTE_VIOLATIONS = (
    "window.violated = []; document.addEventListener('securitypolicyviolation',"
    " e => window.violated.push('breaks ' + e.violatedDirective))"
)
KEPT = (  # but for the roll, which keeps its own page and marks
    "async () => [localStorage.length, sessionStorage.length,"
    " (await indexedDB.databases()).filter(each => each.name != 'roll').length,"
    " (await caches.keys()).filter(name => name != 'roll').length,"
    " (await navigator.serviceWorker.getRegistrations()).filter("
    "each => !each.scope.endsWith('/roll/')).length]"
)
Bodies = dict[str, dict[str, Body]]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Bodies]:
    """The pages that each part comes across by following links from Today, by their views."""
    found = walks.by_everybody(tmp_path_factory).pages
    return {part: _html(found[cast.PARTS[part].email]) for part in PARTS}


def _html(found: Bodies) -> Bodies:
    own = {
        endpoint: {path: page for path, page in pages.items() if _is_html(page)}
        for endpoint, pages in found.items()
    }
    return {endpoint: pages for endpoint, pages in own.items() if pages}


def _is_html(page: Body) -> bool:
    return (page.status, page.mimetype) == (200, "text/html")


@pytest.fixture(scope="module")
def reached(walked: dict[str, Bodies]) -> dict[str, dict[str, str]]:
    """One address of each view that a part reaches and no earlier part does."""
    seen: set[str] = set()
    found: dict[str, dict[str, str]] = {}
    for part, pages in walked.items():
        found[part] = {name: next(iter(of)) for name, of in pages.items() if name not in seen}
        found[part] |= {"dashboard.today.show": "/"}
        seen |= set(pages)
    return found


@pytest.mark.parametrize("part", PARTS)
def test_every_page_passes_axe_and_fits_breaks_no_policy_and_leaves_nothing_wb_02_co_10(
    contexts: Any, live: Live, reached: dict[str, dict[str, str]], part: str
) -> None:
    page = contexts(viewport=DESKTOP)
    page.add_init_script(NOTE_VIOLATIONS)
    bring(page)
    enter(page, live, part)
    wrong: list[str] = []
    windows = [DESKTOP, PHONE]
    for name, path in reached[part].items():
        answer = page.goto(f"{live.address}{path}")
        assert (answer.status, answer.headers["cache-control"]) == (200, "no-store"), path
        wrong += [f"{name} {text}" for text in page.evaluate("window.violated")]
        for window in windows:
            page.set_viewport_size(window)
            wrong += [f"{name} {text} at {window}" for text in _looked_at(page, window)]
        windows.reverse()  # the next page begins as wide as this one ends
    assert wrong == []
    assert page.evaluate(KEPT) == [0, 0, 0, 0, 0]
    others = "async () => (await indexedDB.databases()).length + (await caches.keys()).length"
    if "sbad.attendance.show" not in reached[part]:
        assert page.evaluate(others) == 0


@pytest.mark.soak
@pytest.mark.parametrize("part", PARTS)
def test_every_page_passes_axe_on_a_desk_as_well(
    contexts: Any, live: Live, reached: dict[str, dict[str, str]], part: str
) -> None:
    page = contexts(viewport=DESKTOP, bypass_csp=True)
    enter(page, live, part)
    wrong: dict[str, list[str]] = {}
    for name, path in reached[part].items():
        page.goto(f"{live.address}{path}")
        wrong[name] = violations(page)
    assert {name: found for name, found in wrong.items() if found} == {}


def _looked_at(page: Page, window: dict[str, int]) -> list[str]:
    found = violations(page, SLOW) if window is PHONE else []
    return found + (["is too wide"] if overflows(page) else [])


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_pages_for_everyone_pass_axe_and_fit(contexts: Any, live: Live, path: str) -> None:
    page = contexts(viewport=PHONE, bypass_csp=True)
    page.goto(f"{live.address}{path}")
    assert _looked_at(page, PHONE) == []


def test_every_page_is_well_formed(walked: dict[str, Bodies]) -> None:
    texts = {path: page.data.decode() for path, page in _all_of(walked)}
    for path, text in texts.items():
        assert text.count("<h1") == 1, path
        assert len(TITLE.findall(text)) == 1, path
        assert not STRAY.search(text), path
        assert text.count("<table") == text.count("<caption"), path


def test_no_two_pages_have_one_title(
    walked: dict[str, Bodies], reached: dict[str, dict[str, str]]
) -> None:
    for part, paths in reached.items():
        titles: dict[str, str] = {}
        for name, path in paths.items():
            title = TITLE.findall(walked[part][name][path].data.decode())[0]
            assert titles.setdefault(title, name) == name, f"{title} twice: {path}"


def test_every_page_has_its_budget(walked: dict[str, Bodies]) -> None:
    heavy = {
        path: size
        for path, page in _all_of(walked)
        if len(page.data) > 30_000
        for size in [len(gzip.compress(page.data, 9))]
        if size > 30_000
    }
    assert heavy == {}


def _all_of(walked: dict[str, Bodies]) -> Iterator[tuple[str, Body]]:
    for kinds in walked.values():
        for pages in kinds.values():
            yield from pages.items()


def test_the_walk_reaches_more_than_the_menu(walked: dict[str, Bodies]) -> None:
    wanted = {"dashboard.today.show", "fund.register.show", "fund.register.entry"}
    assert wanted <= set(walked["clerk"])
