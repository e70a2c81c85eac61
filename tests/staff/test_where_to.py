"""A sign-in leads only to a page of this program."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.staff.sign_in.rules import safe_path
from tests.factories.accounts import EMAIL, PASSWORD, code, make_account

ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example/%2e%2e", "/\\evil.example",
    "\\/evil.example", "\\\\evil.example", "/\\/evil.example", "https://evil.example",
    "http://evil.example", "https:evil.example", "http:/evil.example", "HTTPS://evil.example",
    "//evil.example:443/", "//user@evil.example", "https:///evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "mailto:x@evil.example",
    "%2f%2fevil.example", "/%2f%2fevil.example", "/%2fevil.example", "/%5cevil.example",
    "/%5c%5cevil.example", "/%252fevil.example", "/%25252fevil.example", "/\tevil.example",
    "/\t/evil.example", "\t//evil.example", "/\r\nSet-Cookie: a=b", "/\n/evil.example",
    "/%0d%0aSet-Cookie:%20a=b", "/%09/evil.example", " //evil.example", "/ok\x00",
    "/%00", "evil.example", "account", "/\u2028evil", "/a//evil.example", "?next=//evil.example",
    "/" + "a" * 600,
]  # fmt: skip
HERE = [
    "/account",
    "/fees?status=late&sort=-due",
    "/roll/2026-12-05-k7",
    "/court/participants/26-0417-3",
]


def test_the_table_has_at_least_forty_payloads_se_08() -> None:
    assert len(set(ELSEWHERE)) >= 40


@pytest.mark.parametrize("wanted", ELSEWHERE, ids=ascii)
def test_what_could_lead_elsewhere_leads_home_se_08(wanted: str) -> None:
    assert safe_path(wanted) == "/"


@pytest.mark.parametrize("wanted", HERE)
def test_a_page_of_the_program_is_found_again_se_08(wanted: str) -> None:
    assert safe_path(wanted) == wanted


def test_the_whole_sign_in_never_redirects_elsewhere_se_08(app: Flask, client: FlaskClient) -> None:
    seed = make_account(app)
    for wanted in ("//evil.example", "/%2fevil.example", "https://evil.example"):
        stranger = app.test_client()
        half = stranger.post(
            "/sign-in", query_string={"next": wanted},
            data={"email": EMAIL, "password": PASSWORD, "notice": "y"},
        )  # fmt: skip
        assert half.location == "/sign-in/code"
        again = stranger.get("/sign-in/code", query_string={"next": wanted})
        assert again.status_code == 200
    done = stranger.post(
        "/sign-in/code", query_string={"next": "//evil.example"}, data={"code": code(seed)}
    )
    assert done.location == "/"
