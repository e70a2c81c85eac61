"""A row that is drawn once is filled in for many, and nothing that is filled in is markup."""

from typing import NamedTuple

from flask import Flask
from flask_babel import force_locale
from jinja2 import pass_context
from markupsafe import Markup

from diversion.core.database import transaction
from diversion.core.words import _
from diversion.staff.permissions import Role
from diversion.web.pages import Pattern, Patterns, drawn_once
from tests.factories.staff import make_staff, sign_in


class Row(NamedTuple):
    key: str
    who: str


def test_a_pattern_is_filled_in_once_and_escapes_what_it_is_given() -> None:
    row = Pattern(Markup('<li id="@key@">@who@ (@key@), 100%</li>'))
    first = row(Row(key="q8m4", who="<b>@key@</b> & 5 %(key)s"))
    assert first == Markup(
        '<li id="q8m4">&lt;b&gt;@key@&lt;/b&gt; &amp; 5 %(key)s (q8m4), 100%</li>'
    )
    assert row(Row(key="r2", who="Zoë")) == Markup('<li id="r2">Zoë (r2), 100%</li>')


def test_rows_in_one_state_are_drawn_once_and_those_of_no_state_never() -> None:
    asked = []

    def draw(state: object, word: str) -> Markup:
        asked.append(state)
        return Markup("<i>@who@ ({}, {})</i>").format(state, word)

    drawn = Patterns(draw, "here")
    shown = [drawn(Row("", who), len(who)) for who in ("Al", "Bo", "Zoë")]
    assert shown == ["<i>Al (2, here)</i>", "<i>Bo (2, here)</i>", "<i>Zoë (3, here)</i>"]
    assert asked == [2, 3]


def test_a_template_writes_markup_as_it_is_and_escapes_all_else(app: Flask) -> None:
    with app.test_request_context():
        page = app.jinja_env.from_string("{{ a }}{{ b }}{{ c }}{{ d }}")
        shown = page.render(a="<i>", b=Markup("<b>"), c=_("Tom & Zoë"), d=4)
    assert shown == "&lt;i&gt;<b>Tom &amp; Zoë4"


def test_a_template_calls_what_asks_for_the_page_and_what_asks_for_nothing(app: Flask) -> None:
    app.jinja_env.globals["named"] = pass_context(lambda page: page["who"])
    app.jinja_env.globals["twice"] = lambda word, sign="": (word + sign) * 2
    with app.test_request_context():
        page = app.jinja_env.from_string(
            "{% macro said(word) %}{{ word }}{{ caller() }}{% endmacro %}"
            "{% for sign in ['!'] %}{% call said('<') %}{{ twice('&', sign=sign) }}{% endcall %}"
            "{{ named() }}{{ 'ab'.upper() }}{% endfor %}{{ _('Save') }}"
        )
        assert page.render(who="Zoë") == "&lt;&amp;!&amp;!ZoëABSave"


def test_what_is_drawn_once_is_drawn_for_each_key_and_language_and_without_a_key_anew(
    app: Flask,
) -> None:
    asked = []

    def draw(sign: str) -> Markup:
        asked.append(sign)
        return Markup("<b>@who@{}</b>").format(sign)

    for language, key, sign in (
        ("en", 1, "a"), ("en", 1, "b"), ("en", 2, "c"), ("es", 1, "d"), ("en", None, "e"),
        ("en", None, "f"),
    ):  # fmt: skip
        with app.test_request_context(), force_locale(language):
            drawn = drawn_once(draw, key, sign)(Row("", "Zoë"))
            assert drawn == f"<b>Zoë{'a' if sign == 'b' else sign}</b>"
    assert asked == ["a", "c", "d", "e", "f"]


def test_two_people_of_one_role_each_have_their_own_bar(app: Flask) -> None:
    """What may be opened is drawn once for both; whose it is stands in it for each."""
    for name, short in (("Rosa Delgado", "Rosa D."), ("Amir <Said", "Amir &lt;.")):
        with app.app_context(), transaction():
            staff = make_staff(Role.COURT_COORDINATOR, name=name)
            handle = staff.handle
        client = app.test_client()
        sign_in(client, staff)
        page = client.get("/account").get_data(as_text=True)
        assert f'<span class="who-txt">{short}</span>' in page
        assert f'data-who="{handle}"' in page
        assert page.count("who-txt") == 1
    assert "@" not in page.partition("<header")[2].partition("</header>")[0]
