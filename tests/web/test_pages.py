"""A row that is drawn once is filled in for many, and nothing that is filled in is markup."""

from flask import Flask
from markupsafe import Markup

from diversion.core.words import _
from diversion.web.pages import Pattern


def test_a_pattern_is_filled_in_once_and_escapes_what_it_is_given() -> None:
    row = Pattern(Markup('<li id="@key@">@who@ (@key@)</li>'))
    first = row(key="q8m4", who="<b>@key@</b> & son", more="never used")
    assert first == Markup('<li id="q8m4">&lt;b&gt;@key@&lt;/b&gt; &amp; son (q8m4)</li>')
    assert row(key="r2", who="Zoë") == Markup('<li id="r2">Zoë (r2)</li>')


def test_a_template_writes_markup_as_it_is_and_escapes_all_else(app: Flask) -> None:
    with app.test_request_context():
        page = app.jinja_env.from_string("{{ a }}{{ b }}{{ c }}{{ d }}")
        shown = page.render(a="<i>", b=Markup("<b>"), c=_("Tom & Zoë"), d=4)
    assert shown == "&lt;i&gt;<b>Tom &amp; Zoë4"
