"""A PDF says in which language it is and what is a heading, and fetches nothing from anywhere."""

import re
from pathlib import Path

import pytest

from diversion.core import paths
from diversion.web import assets
from diversion.web.pdf import asking
from tests import pdfs

FRAME = (
    '<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Título</title>'
    '<link rel="stylesheet" href="/static/{digest}/paper.css"></head><body>{body}</body></html>'
)
PAPER = '<article lang="{}"><h1>Uno</h1>{}<p><a href="https://county.example/a">a</a></p></article>'


def page(body: str) -> str:
    return FRAME.format(digest=assets.current_digest(), body=body)


def test_a_pdf_has_tags_a_language_a_title_and_fonts_of_our_own() -> None:
    pdfs.need()
    long = PAPER.format("es", "<p>Iván Łukasz</p>" * 60)
    made = asking.pdf_of(page(PAPER.format("en", "") + long))
    found = pdfs.read(made)
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert (root["/Lang"], found.metadata.title) == ("es", "Título")  # type: ignore[index, union-attr]
    articles = [each["/Lang"] for each in pdfs.tags(made, "/Art")]
    assert articles == ["en"] + ["es"] * (len(found.pages) - 1)  # one that goes on overleaf too
    assert len(articles) > 2
    assert len(pdfs.tags(made, "/H1")) == 2
    assert "Iván Łukasz" in found.pages[1].extract_text()
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for each in found.pages
        for font in each["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts == {"Public-Sans", "Public-Sans-Bold"}


@pytest.mark.parametrize(
    "address", ["https://county.example/x.png", "http://static.invalid/static/{}/../config.py"]
)
def test_whatever_asks_for_something_else_is_not_made(address: str) -> None:
    pdfs.need()
    picture = f'<img alt="" src="{address.format(assets.current_digest())}">'
    with pytest.raises(asking.NoPdf):
        asking.pdf_of(page(picture))


def test_what_takes_too_long_or_is_missing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("MAKER", "diversion.web.pdf.gone"), ("SECONDS", 0.001)):
        with monkeypatch.context() as patched:
            patched.setattr(asking, name, value)
            with pytest.raises(asking.NoPdf):
                asking.pdf_of(page(""))


def test_no_module_that_a_web_worker_loads_knows_the_library() -> None:
    library = re.compile(r"^\s*(?:import|from) (?:weasyprint|pydyf)", re.MULTILINE)
    maker = re.compile(r"^\s*(?:import|from) .*\bmaker\b", re.MULTILINE)
    sources = {each.name: each.read_text(encoding="utf-8") for each in _modules()}
    assert {name for name, text in sources.items() if library.search(text)} == {"maker.py"}
    assert {name for name, text in sources.items() if maker.search(text)} == set()


def _modules() -> list[Path]:
    return sorted(paths.PACKAGE.rglob("*.py"))
