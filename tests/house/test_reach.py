"""Every page can be reached by following links from Today, by somebody; nobody meets a dead end."""

import pytest
from flask import Flask

from diversion.app import create_app
from tests import counties
from tests.house import walks

# Come to by another way than a link: before signing in, by an invitation, by a machine.
OTHER_WAYS = {
    "static", "web.assets.static", "dashboard.health.healthz", "staff.sign_in.start",
    "staff.sign_in.code", "staff.sign_in.again", "staff.sign_in.factor",
    "staff.sign_in.factor_picture", "staff.sign_in.welcome", "staff.leaving.unlock",
    "sbad.device.worker",  # asked by the script of the roll
    "community_court.feed_file.send", "sbad.feed_file.send",  # a link that is shown once
    # Come to by sending a file.
    "community_court.imports.check", "community_court.imports.refused_rows",
    "community_court.imports.show", "community_court.lists.check",
    "fund.bank_files.check", "sbad.imports.check", "sbad.imports.done",
    "sbad.imports.refused_rows",
}  # fmt: skip


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    county = counties.fictional(tmp_path_factory)
    return create_app(counties.settings(county))


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[tuple[str, str], int]]:
    """Return, by endpoint, who reached which address, and its status."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for who, pages_of_one in walks.by_everybody(tmp_path_factory).pages.items():
        for endpoint, pages in pages_of_one.items():
            known = {(who, address): page.status for address, page in pages.items()}
            found.setdefault(endpoint, {}).update(known)
    return found


def test_every_page_is_reached_by_links(
    program: Flask, reached: dict[str, dict[tuple[str, str], int]]
) -> None:
    pages = {rule.endpoint for rule in program.url_map.iter_rules() if "GET" in rule.methods}
    assert pages - set(reached) - OTHER_WAYS == set()


def test_no_link_leads_anybody_to_an_error(
    reached: dict[str, dict[tuple[str, str], int]],
) -> None:
    bad = {
        who: status for pages in reached.values() for who, status in pages.items() if status >= 400
    }
    assert bad == {}
