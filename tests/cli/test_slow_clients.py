"""A client that sends slowly, or not at all, holds nobody up."""

import socket
import time
from collections.abc import Generator

import pytest

from diversion.web.headers import ALWAYS
from tests import databases
from tests.cli.serving import HEAD_SECONDS, REQUEST_SECONDS, THREADS, running

HEAD = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
BODY = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"


@pytest.fixture(scope="module")
def port(servers: databases.Servers, tmp_path_factory: pytest.TempPathFactory) -> Generator[int]:
    with running(servers, tmp_path_factory.mktemp("real")) as port:
        yield port


def _open(port: int, sent: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), 20)
    made.sendall(sent)
    return made


def _answer(made: socket.socket) -> str:
    """Return everything until the server closes."""
    with made:
        parts = iter(lambda: made.recv(65536), b"")
        return b"".join(parts).decode()


def _asked(port: int, path: str = "/healthz") -> str:
    line = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    return _answer(_open(port, line.encode()))


@pytest.mark.parametrize(
    ("sent", "drop", "seconds"),
    [(HEAD, b"X", HEAD_SECONDS), (BODY, b"a", REQUEST_SECONDS)],
    ids=["head", "body"],
)
def test_who_sends_drop_by_drop_is_sent_away_in_time_wb_07(
    port: int, sent: bytes, drop: bytes, seconds: float
) -> None:
    slow, began = _open(port, sent), time.monotonic()
    slow.setblocking(False)
    said = b""
    while not said and time.monotonic() < began + seconds + 5:
        slow.sendall(drop)
        time.sleep(0.1)
        try:
            said = slow.recv(65536)
        except BlockingIOError:
            continue
    slow.close()
    assert said.startswith(b"HTTP/1.1 408 ")
    assert seconds - 0.2 <= time.monotonic() - began <= seconds + 2


def test_slow_senders_hold_up_the_others_for_no_longer_than_that_wb_07(port: int) -> None:
    slow = [_open(port, BODY) for _each in range(THREADS)]
    began = time.monotonic()
    assert _asked(port).startswith("HTTP/1.1 200 ")
    assert time.monotonic() - began < REQUEST_SECONDS + 2
    assert all(_answer(each).startswith("HTTP/1.1 408 ") for each in slow)


def test_connections_that_say_nothing_cost_no_thread_wb_07(port: int) -> None:
    silent = [_open(port) for _each in range(200)]
    began = time.monotonic()
    assert _asked(port).startswith("HTTP/1.1 200 ")
    assert time.monotonic() - began < REQUEST_SECONDS
    assert {_answer(each) for each in silent} == {""}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"<script>alert(1)</script>\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX-Long: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n", 400),
        (b"GET /none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
        (b"GET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 200),
    ],
)
def test_every_answer_of_the_real_server_carries_the_headers_wb_01(
    port: int, sent: bytes, status: int
) -> None:
    head, _blank, body = _answer(_open(port, sent)).partition("\r\n\r\n")
    lines = head.split("\r\n")
    assert lines[0].startswith(f"HTTP/1.1 {status} ")
    assert {f"{name}: {value}" for name, value in ALWAYS.items()} <= set(lines)
    assert not [line for line in lines if line.lower().startswith("server:")]
    assert "gunicorn" not in head + body
    assert "alert" not in body
