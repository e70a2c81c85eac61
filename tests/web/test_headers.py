"""Every answer carries the headers, whoever made it."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort, redirect
from flask.testing import FlaskClient

from diversion.staff.access import public
from diversion.web.downloads import send

POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "PROPAGATE_EXCEPTIONS": False, "MAX_CONTENT_LENGTH": 1000}


@pytest.fixture
def app(own_program: Flask, tmp_path: Path) -> Flask:
    def fail() -> str:
        raise RuntimeError("Juniper Hale, 503-555-0142")

    def size() -> str:
        abort(413)

    own_program.add_url_rule("/fails", "fails", public(fail))
    own_program.add_url_rule("/too-large", "too_large", public(size))
    own_program.add_url_rule("/moves", "moves", public(lambda: redirect("/help", 303)))
    own_program.add_url_rule(
        "/file", "file", public(lambda: send(b"a,b\r\n", "2026-11_ledger.csv"))
    )
    return own_program


ANSWERS = {
    "/help": 200, "/moves": 303, "/nothing-here": 404, "/sign-out-of-here?x=\0": 400,
    "/too-large": 413, "/fails": 500, "/file": 200, "/static/any/app.css": 200,
    "/static/any/no.css": 404, "/": 303,
}  # fmt: skip


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_headers_wb_01(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == ANSWERS[path]
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer.headers


def test_wrong_methods_hosts_and_sizes_carry_the_headers_too_wb_01(client: FlaskClient) -> None:
    answers = [
        client.post("/help", data={"a": "b"}),
        client.get("/help", headers={"Host": "elsewhere.example"}),
        client.post("/help", data={"a": "b" * 2000}),
    ]
    assert [answer.status_code for answer in answers] == [405, 400, 413]
    assert {answer.headers["Content-Security-Policy"] for answer in answers} == {POLICY}


def test_the_policy_allows_nothing_inline_wb_02(client: FlaskClient) -> None:
    policy = client.get("/help").headers["Content-Security-Policy"]
    assert policy == POLICY
    assert not any(word in policy for word in ("unsafe", "nonce", "http:", "https:", "data:", "*"))


def test_browsers_are_held_to_tls_where_there_is_tls_wb_01(client: FlaskClient) -> None:
    secure = client.get("/help", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_header_stands_once_however_often_a_page_sets_it_wb_01(
    app: Flask, client: FlaskClient
) -> None:
    loose = {"Content-Security-Policy": "default-src *", "Cache-Control": "max-age=9"}
    app.add_url_rule("/loose", "loose", public(lambda: ("x", 200, loose)))
    answer = client.get("/loose")
    assert answer.headers.getlist("Content-Security-Policy") == [POLICY]
    assert answer.headers.getlist("Cache-Control") == ["max-age=9"]


@pytest.mark.parametrize("path", [path for path in ANSWERS if "static" not in path])
def test_nothing_is_kept_by_the_browser_co_10(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_files_of_the_program_are_kept_for_good_under_their_digest(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("app.css")
    kept = client.get(address)
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in kept.headers
    assert client.get("/static/0000/app.css").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/0000/../config.py").status_code == 404
