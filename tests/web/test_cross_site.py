"""What others type never becomes markup, and forms of other sites are turned away."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from diversion.staff.access import public
from diversion.web.fields import TextField
from diversion.web.forms import Form
from tests.payloads import PAYLOADS

COMPONENTS = """
{% from "components/tag.html" import tag %}{% from "components/row.html" import row %}
{% from "components/card.html" import card %}{% from "components/kv.html" import kv %}
{% from "components/flash.html" import flash %}{% from "components/facts.html" import facts %}
{% from "components/crumb.html" import crumb %}{% from "components/table.html" import table %}
{% from "components/button.html" import button %}{% from "components/task.html" import task %}
{% from "components/link_button.html" import link_button %}
{% from "components/post_button.html" import post_button %}
{% from "components/timeline_entry.html" import timeline_entry %}
{% from "components/checks.html" import checks %}{% from "components/chips.html" import chips %}
{% from "components/factline.html" import factline %}{% from "components/strip.html" import strip %}
{% from "components/roll_row.html" import roll_row %}
{% from "components/roll_segs.html" import roll_segs %}
{% from "components/field.html" import field %}
{% from "components/textarea.html" import textarea %}
{% from "components/find_box.html" import find_box %}{% from "components/steps.html" import steps %}
{% from "components/error_summary.html" import error_summary %}
{{ tag(p, p) }}{{ row(p, "/x", p, p, p, "", p) }}{{ kv([(p, p)]) }}{{ flash(p, "done", "/x", p) }}
{{ facts([p]) }}{{ crumb([(p, "/x")]) }}{{ button(p, hidden=p, name=p, value=p) }}
{{ link_button(p, "/x", hidden=p) }}{{ post_button(p, "/x", fields={p: p}) }}
{{ task(1, p, "/x", p, p) }}
{{ timeline_entry(p, p, p, p, p, state=p) }}{{ checks([{"done": true, "title": p, "text": p}]) }}
{{ chips(p, [{"label": p, "href": "/x", "current": true}]) }}
{{ factline([{"name": p, "value": p, "done": 1,
 "of": 2, "text": p}]) }}
{{ strip([{"name": p, "value": p, "text": p}]) }}
{{ roll_row("a", p, roll_segs(p, [(p, p, "here")], p), p, "/x") }}
{{ field(form.text, p, placeholder=p) }}{{ textarea(form.text, p) }}
{{ find_box("/x", p, p, p, token=false) }}
{{ steps([p, p], 2) }}{{ error_summary(form) }}
{% call card(p, "c", "/x", p, p, p) %}{{ p }}{% endcall %}
{% call table(p, 1, p) %}<tbody><tr><td>{{ p }}</td></tr></tbody>{% endcall %}
{% call table(p, 0, p, p) %}{% endcall %}
"""


class TextForm(Form):
    text = TextField("Text")


class Reader(HTMLParser):
    """Collect what a browser would take as elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def _shape(app: Flask, text: str) -> list[tuple[str, frozenset[str]]]:
    form = TextForm(data={"text": text})
    form.text.errors = [text]
    reader = Reader()
    reader.feed(render_template_string(COMPONENTS, p=text, form=form))
    links = [a["href"] for _tag, a in reader.elements if "href" in a]
    assert not [link for link in links if re.match(r"\s*(javascript|data|vbscript):", link or "")]
    return [(tag, frozenset(attributes)) for tag, attributes in reader.elements]


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # nothing here touches the database


def test_sixty_payloads_stay_text_in_every_component_wb_04(app: Flask) -> None:
    assert len(PAYLOADS) == 60
    with app.test_request_context("/"):
        plain = _shape(app, "a plain word")
        assert [payload for payload in PAYLOADS if _shape(app, payload) != plain] == []


class TestForms:
    """The form check is on, as in a county."""

    @pytest.fixture
    def settings(self, settings: dict[str, Any]) -> dict[str, Any]:
        return {**settings, "WTF_CSRF_ENABLED": True, "LOOPBACK_ONLY": False}

    @pytest.fixture
    def token(self, app: Flask, client: FlaskClient) -> str:
        page = "{{ csrf_token() }}"
        app.add_url_rule("/form", "form", public(lambda: render_template_string(page)))
        app.add_url_rule("/send", "send", public(lambda: "sent"), methods=["POST"])
        return client.get("/form", base_url="https://localhost").text

    def _send(self, client: FlaskClient, token: str, **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(
            "/send", data={"csrf_token": token}, headers=named, base_url="https://localhost"
        ).status_code

    def test_a_form_of_this_site_is_taken_over_https_wb_03(
        self, client: FlaskClient, token: str
    ) -> None:
        """`same-origin` makes browsers send the whole address to this site, as the check asks."""
        policy = client.get("/help", base_url="https://localhost").headers["Referrer-Policy"]
        assert policy == "same-origin"
        assert self._send(client, token, Referer="https://localhost/form") == 200

    @pytest.mark.parametrize(
        "referrer", ["", "https://elsewhere.example/form", "http://localhost/form", "null"]
    )
    def test_a_form_of_another_site_is_not_wb_03(
        self, client: FlaskClient, token: str, referrer: str
    ) -> None:
        headers = {"Referer": referrer} if referrer else {}
        assert self._send(client, token, **headers) == 400

    @pytest.mark.parametrize("wrong", ["", "x", "IjAi.aaaa.bbbb"])
    def test_a_form_without_its_token_is_not_taken_se_07(
        self, client: FlaskClient, token: str, wrong: str
    ) -> None:
        assert self._send(client, wrong, Referer="https://localhost/form") == 400

    def test_a_token_of_somebody_else_is_not_taken_se_07(
        self, app: Flask, client: FlaskClient, token: str
    ) -> None:
        other = app.test_client()
        other.get("/form", base_url="https://localhost")
        assert self._send(other, token, Referer="https://localhost/form") == 400

    def test_htmx_sends_the_token_as_a_header_se_07(self, client: FlaskClient, token: str) -> None:
        headers = {"X-CSRFToken": token, "Referer": "https://localhost/form"}
        answer = client.post("/send", headers=headers, base_url="https://localhost")
        assert answer.status_code == 200
        assert "hx-headers:inherited=" in client.get("/help", base_url="https://localhost").text
