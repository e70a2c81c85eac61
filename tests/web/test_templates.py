"""Templates compile, bring no style or script of their own, and say what is missing."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

from diversion.app import create_app
from diversion.core import paths
from tests import databases

FOLDER = paths.shipped("templates")
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline stylesheet": r"<style\b",
    "a script address": r"javascript:",
    "unescaped output": r"\|\s*safe\b|Markup\(|autoescape",
    "htmx that runs code": r"hx-on|\bjs:|hx-vals\s*=\s*['\"]?js",
    "headers that htmx 4 does not hand down": r"<(?![^>]*\shx-(?:get|post)=)[^>]*\shx-headers=",
    "something loaded from elsewhere": r"(?:src|href|action)=\"(?:https?:)?//",
    "an alternative of its own for a name in a title": r"<title>[^<]*\bname\b",
}


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("bare")
    url = f"sqlite:///{folder / 'none.sqlite3'}"
    return create_app({**databases.settings(folder), "DATABASE_URL": url})


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(bare_app: Flask, name: str) -> None:
    assert bare_app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_brings_style_script_or_raw_output_wb_02(name: str) -> None:
    source = re.sub(r"{#.*?#}", "", (FOLDER / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    found = {what for what, sign in FORBIDDEN.items() if re.search(sign, source, re.IGNORECASE)}
    assert found == set()


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('<p style="x">', "a style attribute"),
        ("<p\nonclick=x>", "an inline handler"),
        ("<script>x</script>", "an inline script"),
        ("{{ x|safe }}", "unescaped output"),
        ("<a href='javascript:x'>", "a script address"),
        ("<a hx-on:click='x'>", "htmx that runs code"),
        ("<main hx-headers='{}'>", "headers that htmx 4 does not hand down"),
    ],
)
def test_the_lint_can_find_what_it_looks_for_wb_02(source: str, what: str) -> None:
    assert re.search(FORBIDDEN[what], source, re.IGNORECASE)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith("components/")])
def test_a_component_is_one_macro_of_its_files_name(bare_app: Flask, name: str) -> None:
    tree = _tree(bare_app, name)
    macros = [macro.name for macro in tree.find_all(nodes.Macro)]
    assert Path(name).stem in macros
    assert len(macros) <= 2


@pytest.mark.parametrize(
    "name", [name for name in TEMPLATES if not name.startswith(("components/", "layouts/"))]
)
def test_a_page_uses_only_components_and_layouts(bare_app: Flask, name: str) -> None:
    own = f"{name.partition('/')[0]}/"  # rooms of one floor may show each other's papers
    used = meta.find_referenced_templates(_tree(bare_app, name))
    # What both tracks show sinks to the floor below them, and includes its own parts by name.
    allowed = ("components/", "layouts/", "enrollments/", own, "None")
    assert [other for other in used if not str(other).startswith(allowed)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_table_is_made_by_the_macro_or_has_a_caption(name: str) -> None:
    source = (FOLDER / name).read_text(encoding="utf-8")
    assert source.count("<table") == source.count("<caption")


def test_the_list_macros_have_caption_or_label_and_empty_message(bare_app: Flask) -> None:
    for macro, label in (("table", "caption"), ("rows", "label"), ("timeline", "label")):
        found = next(iter(_tree(bare_app, f"components/{macro}.html").find_all(nodes.Macro)))
        arguments = [argument.name for argument in found.args]
        required = arguments[: len(arguments) - len(found.defaults)]
        assert required[:3] == [label, "count", "nothing"], macro


def _tree(app: Flask, name: str) -> nodes.Template:
    environment = app.jinja_env
    return environment.parse(environment.loader.get_source(environment, name)[0])  # type: ignore[union-attr]  # (there is one)
