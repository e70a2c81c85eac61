"""Ask axe what on a page keeps people out, and the page whether it overflows."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

FILE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """async ([tags, without]) => {
  const rules = Object.fromEntries(without.map(rule => [rule, {enabled: false}]));
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"], rules});
  return found.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html).join(" | "));
}"""


@cache
def script() -> str:
    return FILE.read_text(encoding="utf-8")


def bring(page: Page) -> None:
    """Let every page that is opened from now on bring axe: quicker than to send it each time."""
    page.add_init_script(script())


def violations(page: Page, without: Sequence[str] = ()) -> list[str]:
    """Return what axe finds wrong; the page's context bypasses the policy for this alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    found: list[str] = page.evaluate(ASK, [RULES, list(without)])
    return found


def overflows(page: Page) -> bool:
    """Say whether a page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
