"""Over TLS, behind a county's own proxy, forms are taken and cookies are bound to the host."""

import http.client
import re
import ssl
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from tests import databases
from tests.cli import serving, tls

HOST = "localhost"


@pytest.fixture(scope="module")
def port(
    servers: databases.Servers, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[int, Path]]:
    """Yield the port of a TLS proxy before the real server, and whom to trust."""
    folder = tmp_path_factory.mktemp("tls")
    certificate = tls.certificate(folder, HOST)
    told = {
        "LOOPBACK_ONLY": "false", "PROXY_HOPS": "1", "TRUSTED_HOSTS": f'["{HOST}"]',
        "PUBLIC_ADDRESS": f"https://{HOST}",
    }  # fmt: skip
    with serving.running(servers, folder, **told) as inner:
        proxy = tls.Proxy(certificate, inner)
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        yield proxy.server_address[1], certificate
        proxy.shutdown()
        proxy.server_close()
        thread.join()


def _ask(
    port: tuple[int, Path], method: str, path: str, body: str = "", **headers: str
) -> tuple[http.client.HTTPResponse, str]:
    trust = ssl.create_default_context(cafile=str(port[1]))
    connection = http.client.HTTPSConnection(HOST, port[0], context=trust, timeout=20)
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def test_a_form_of_this_site_is_taken_over_tls_wb_03(port: tuple[int, Path]) -> None:
    first, page = _ask(port, "GET", "/sign-in", Host=HOST)
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
    kept = str(first.getheader("Set-Cookie"))
    cookie = kept.partition(";")[0]
    assert first.getheader("Referrer-Policy") == "same-origin"
    assert str(first.getheader("Strict-Transport-Security")).startswith("max-age=63072000")
    assert cookie.startswith("__Host-sid=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert f"; {part}" in kept
    assert "Domain" not in kept
    assert "Expires" not in kept
    typed = f"csrf_token={token}&email=nobody%40county.example&password=a+long+wrong+one&notice=y"
    sent = {"Host": HOST, "Cookie": cookie}
    own, answer = _ask(port, "POST", "/sign-in", typed, Referer=f"https://{HOST}/sign-in", **sent)
    assert own.status == 422
    assert "do not match" in answer
    for other in ("", "https://elsewhere.example/", f"http://{HOST}/sign-in"):
        named = {"Referer": other} if other else {}
        assert _ask(port, "POST", "/sign-in", typed, **named, **sent)[0].status == 400


def test_redirects_stay_on_tls_wb_03(port: tuple[int, Path]) -> None:
    answer, _text = _ask(port, "GET", "/account", Host=HOST)
    assert answer.status == 303
    assert answer.getheader("Location") == "/sign-in?next=/account"
    assert answer.getheader("Server") is None
