"""Every component in every state can be used by everyone, at every width."""

from typing import Any

import pytest

from tests.browser.axe import overflows, violations
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Live
from tests.browser.county import enter


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["1280", "390", "320"])
def test_every_component_passes_axe_and_fits(contexts: Any, live: Live, size: Any) -> None:
    page = contexts(viewport=size, bypass_csp=True)
    enter(page, live, "admin")
    page.goto(f"{live.address}/styleguide")
    assert violations(page) == []
    assert not overflows(page)


def test_axe_can_find_what_it_looks_for(contexts: Any, live: Live) -> None:
    page = contexts(bypass_csp=True)
    page.goto(f"{live.address}/help")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=/x><button></button>')")
    found = " ".join(violations(page))
    assert "image-alt" in found
    assert "button-name" in found


def test_components_bring_no_violation_of_the_policy_wb_02(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP, provoked=True)
    enter(page, live, "admin")
    page.add_init_script(
        "window.violated = []; document.addEventListener('securitypolicyviolation',"
        " e => window.violated.push(e.violatedDirective + ' ' + e.sourceFile))"
    )
    page.goto(f"{live.address}/styleguide")
    assert page.evaluate("window.violated") == []
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate(
        "const s = document.createElement('script'); s.text = '1'; document.body.append(s)"
    )
    assert len(page.evaluate("window.violated")) >= 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_calendar_button_is_there_only_where_it_works(
    contexts: Any, live: Live, scripts: bool
) -> None:
    page = contexts(java_script_enabled=scripts)
    enter(page, live, "admin")
    page.goto(f"{live.address}/styleguide")
    assert page.get_by_role("button", name="Choose a date").count() == (3 if scripts else 0)


def test_an_amount_tidies_itself(contexts: Any, live: Live) -> None:
    page = contexts()
    enter(page, live, "admin")
    page.goto(f"{live.address}/styleguide")
    amount = page.get_by_label("Money").first
    amount.fill("$1,250")
    amount.blur()
    assert amount.input_value() == "1250.00"
