"""Requests that are too large, too deep or malformed get a plain no, and little work is done."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from diversion.core.database import db
from diversion.staff.access import public
from diversion.web.forms import csrf
from diversion.web.limits import depth


@pytest.fixture
def app(own_program: Flask) -> Flask:
    def take() -> str:
        return f"{len(request.form)} {len(request.files)} {request.get_json(silent=True)}"

    own_program.add_url_rule("/take", "take", public(take), methods=["GET", "POST"])
    return own_program


def test_a_request_above_ten_megabytes_is_refused_wb_07(client: FlaskClient) -> None:
    answer = _multipart(client, [("file", b"z" * (10 * 1024 * 1024 + 1), "a.xlsx")])
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_form_part_above_its_limit_is_refused_wb_07(client: FlaskClient) -> None:
    assert _multipart(client, [("a", b"b" * 600_000, "")]).status_code == 413
    plain = {"data": b"a=" + b"b" * 600_000, "content_type": "application/x-www-form-urlencoded"}
    assert client.post("/take", **plain).status_code == 413


def test_more_than_two_hundred_parts_are_refused_wb_07(client: FlaskClient) -> None:
    parts = [(f"f{number}", b"x", "") for number in range(201)]
    assert _multipart(client, parts).status_code == 413
    assert _multipart(client, parts[:200]).status_code == 200
    assert client.post("/take", data={f"f{n}": "x" for n in range(2001)}).status_code == 413


def test_bottomless_json_is_refused_before_it_is_parsed_wb_07(client: FlaskClient) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    assert client.post("/take", data=deep, content_type="application/json").status_code == 400
    fine = json.dumps({"a": [{"b": "[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}]})
    answer = client.post("/take", data=fine, content_type="application/json")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("text", "deep"), [(b"1", 0), (b"[[]]", 2), (b'{"a": "[[["}', 1), (b'["\\"[", []]', 2)]
)
def test_depth_counts_brackets_outside_strings(text: bytes, deep: int) -> None:
    assert depth(text) == deep


def test_headers_above_sixteen_kilobytes_are_refused_wb_07(client: FlaskClient) -> None:
    answer = client.get("/help", headers={"X-Long": "x" * 17_000})
    assert answer.status_code == 431


@pytest.mark.parametrize(
    "path", ["/help?page=%00", "/help/a%00b", "/help?%00=1", "/take?q=Juniper%00Hale"]
)
def test_a_zero_byte_is_no_text_wb_14(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400
    assert client.post("/take", data={"q": "a\0b"}).status_code == 400


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example", "", "local\thost", "127.0.0.2"]
)
def test_another_host_gets_400_before_any_work_wb_06(app: Flask, host: str) -> None:
    with patch.object(db, "session", side_effect=AssertionError("asked the database")):
        environ = EnvironBuilder("/").get_environ()
        environ["HTTP_HOST"] = host
        status, body = _call(app, environ)
    assert (status, body) == ("400 BAD REQUEST", b"This address is not served here.\n")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:80"])
def test_its_own_hosts_are_served_wb_06(client: FlaskClient, host: str) -> None:
    assert client.get("/help", headers={"Host": host}).status_code == 200


def test_forwarded_headers_mean_nothing_without_a_proxy_wb_06(app: Flask) -> None:
    seen = _address(app, {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example"})
    assert seen == "127.0.0.1 localhost"


class TestBehindOneProxy:
    """A county's own proxy adds the last hop, and only that one is believed."""

    @pytest.fixture
    def settings(self, settings: dict[str, Any]) -> dict[str, Any]:
        return {**settings, "PROXY_HOPS": 1}

    def test_only_the_last_hop_is_believed_wb_06(self, app: Flask) -> None:
        spoofed = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9", "X-Forwarded-Host": "evil"}
        assert _address(app, spoofed) == "203.0.113.9 localhost"


def _address(app: Flask, headers: dict[str, str]) -> str:
    where = public(lambda: f"{request.remote_addr} {request.host}")
    app.add_url_rule("/where", "where", where)
    return app.test_client().get("/where", headers=headers).text


def _call(app: Flask, environ: dict[str, Any]) -> tuple[str, bytes]:
    said: list[str] = []
    body = b"".join(app(environ, lambda status, headers, info=None: said.append(status)))
    return said[0], body


def _multipart(client: FlaskClient, parts: list[tuple[str, bytes, str]]) -> Any:
    body = b""
    for name, content, file in parts:
        named = f'; filename="{file}"' if file else ""
        body += f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
        body += content + b"\r\n"
    kind = "multipart/form-data; boundary=x"
    return client.post("/take", data=body + b"--x--\r\n", content_type=kind)


def test_the_form_check_is_on_for_every_view() -> None:
    by_pass = {"diversion.sbad.attendance.device.marks"}  # a roll's own proof against forgery
    assert csrf._exempt_views == by_pass
    assert csrf._exempt_blueprints == set()
