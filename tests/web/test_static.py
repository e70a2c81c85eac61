"""What pages load is small, is what was published, and can be read by everyone."""

import gzip
import hashlib
import itertools
import re
from pathlib import Path

import pytest

from diversion.core import paths
from diversion.web import assets

STATIC = paths.shipped("static")
CSS = (STATIC / "app.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})", CSS))
TEXT = 4.5
CONTROL = 3.0


def _zipped(*files: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)


def test_the_stylesheet_keeps_its_budget() -> None:
    assert len(CSS.encode()) <= 60_000
    assert _zipped(STATIC / "app.css") <= 12_000


def test_the_scripts_keep_their_budgets() -> None:
    own = [STATIC / "js" / "page.js", STATIC / "js" / "fields.js"]
    assert _zipped(*own) <= 6_000
    assert _zipped(*own, *(STATIC / "vendor").glob("*.js")) <= 22_000
    of_the_roll = [assets.files()[f"js/{name}.js"] for name in ("page", "roll", "sw")]
    assert sum(len(gzip.compress(each, 9)) for each in of_the_roll) <= 5_000


def test_scripts_are_sent_with_every_text_as_it_was_written() -> None:
    for path in (STATIC / "js").glob("*.js"):
        kept = re.sub(r"^\s*//.*\n", "", path.read_text(), flags=re.MULTILINE)
        told = re.findall(r"""(?m)"[^"\n]*"|`[^`]*`""", kept)
        found = re.findall(
            r"""(?m)"[^"\n]*"|`[^`]*`""", assets.sent(f"js/{path.name}", path).decode()
        )
        assert found == told


def test_fonts_and_icons_keep_their_budgets() -> None:
    fonts = sum(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2"))
    assert fonts <= 40_000
    assert (STATIC / "icons.svg").stat().st_size <= 8_000


@pytest.mark.parametrize("folder", ["static/vendor", "tests/browser/vendor"])
def test_code_of_others_is_what_was_published(folder: str) -> None:
    root = Path(__file__).resolve().parents[2] / folder
    listed = dict(re.findall(r"`([^`]+\.js)`.*`([0-9a-f]{64})`", (root / "README.md").read_text()))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in root.glob("*.js")}
    assert found == listed
    assert list(root.glob("*LICENSE*"))


def test_licences_stand_beside_fonts_and_icons() -> None:
    assert (STATIC / "fonts" / "OFL.txt").exists()
    assert (STATIC / "icons.LICENSE.txt").exists()


def test_every_icon_that_a_template_asks_for_is_there() -> None:
    known = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    asked = {
        name
        for path in paths.shipped("templates").rglob("*.html")
        for name in re.findall(r'icon\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    }
    assert asked <= known


def test_own_scripts_never_make_code_or_markup_from_text() -> None:
    for path in (STATIC / "js").rglob("*.js"):
        source = path.read_text(encoding="utf-8")
        for sign in ("eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML",
                     "document.write", ".style.", "localStorage", "sessionStorage"):  # fmt: skip
            assert sign not in source, f"{path.name}: {sign}"


def test_no_comment_stands_behind_code_whose_line_is_joined_to_the_next() -> None:
    for path in (STATIC / "js").rglob("*.js"):
        assert not re.search(r"\S[ \t]+//", path.read_text(encoding="utf-8")), path.name


def _light(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(sign * 2 for sign in color[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21. Source: WCAG 2.2, relative luminance."""
    dark, light = sorted((_light(TOKENS.get(one, one)), _light(TOKENS.get(other, other))))
    return (light + 0.05) / (dark + 0.05)


SURFACES = ("bg", "card", "sunk", "hover", "active")
ON_FILLS = [
    ("#fff", "brand"), ("#fff", "link"), ("#fff", "link-2"), ("#fff", "ok"), ("#fff", "absent"),
    ("late", "late-fill"), ("warn", "warn-bg"), ("info", "info-bg"), ("absent", "absent-bg"),
    ("bad", "bad-bg"), ("ok", "ok-bg"), ("#185a30", "ok-bg"), ("#123f23", "ok-bg"),
    ("#4d2f00", "warn-bg"), ("#d5e1ec", "#0d2e4b"), ("#d5e1ec", "brand"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ink", "surface"),
    [*itertools.product(("ink", "ink-2", "link", "link-2", "bad", "warn"), SURFACES), *ON_FILLS],
)
def test_text_can_be_read(ink: str, surface: str) -> None:
    assert contrast(ink, surface) >= TEXT


@pytest.mark.parametrize("surface", ["bg", "card"])
def test_the_edges_of_controls_and_the_focus_can_be_seen(surface: str) -> None:
    assert contrast("line-strong", surface) >= CONTROL
    assert contrast("ink", surface) >= CONTROL


def test_the_focus_halo_can_be_seen_on_the_bar() -> None:
    assert contrast("focus", "brand") >= CONTROL


def test_the_contrast_of_black_on_white_is_twenty_one() -> None:
    assert round(contrast("#000", "#fff"), 6) == 21


def test_no_paragraph_holds_a_form_which_a_browser_would_take_out_of_it() -> None:
    inside = re.compile(r"<p[ >](?:(?!</p>|<p[ >]).)*?(?:post_button\(|<form[ >])", re.DOTALL)
    pages = (STATIC.parent / "templates").rglob("*.html")
    assert [page.name for page in pages if inside.search(page.read_text())] == []
