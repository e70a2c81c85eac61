"""An accountant hands a closed month to the county: nothing to fill in, one press, one file."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import overflows, violations
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_month_goes_to_the_county_with_one_press(
    contexts: Any, own: Live, size: dict[str, int], scripts: bool
) -> None:
    page = contexts(viewport=size, java_script_enabled=scripts, bypass_csp=True)
    enter(page, own, "accountant")
    page.goto(f"{own.address}/fund/county")
    page.get_by_role("button", name="Make the batch").click()
    expect(page.locator("h1")).to_contain_text("Batch GL-2026-")
    expect(page.locator("main")).to_contain_text("Not acknowledged")
    assert not scripts or violations(page) == []
    assert not overflows(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.startswith("GL-2026-")
