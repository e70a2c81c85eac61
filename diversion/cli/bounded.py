"""Bound what a slow client can cost: seconds to ask, seconds to send, seconds to take."""

import time
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from socket import socket
from typing import Any

from gunicorn.http import wsgi
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker
from werkzeug.exceptions import RequestTimeout
from werkzeug.http import HTTP_STATUS_CODES

from diversion.web.headers import complete

HEAD_SECONDS = 10
REQUEST_SECONDS = 30
ANSWER_SECONDS = 60


class Bounded:
    """A socket that is read until a moment and no longer; the rest it leaves to the socket."""

    def __init__(self, inner: socket) -> None:
        self.inner = inner
        self.until = 0.0
        self.gave_up = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def recv(self, size: int) -> bytes:
        """Return what came. Raises RequestTimeout, once; then nothing comes any more."""
        if self.gave_up:
            return b""
        left, asked = self.until - time.monotonic(), self.inner.gettimeout()
        self.inner.settimeout(max(0.001, left if asked is None else min(left, asked)))
        try:
            return self.inner.recv(size)
        except TimeoutError:
            if time.monotonic() < self.until:
                raise
            self.gave_up = True
            raise RequestTimeout from None
        finally:
            self.inner.settimeout(asked)

    def sendall(self, content: bytes) -> None:
        self.inner.settimeout(ANSWER_SECONDS)
        self.inner.sendall(content)
        self.inner.settimeout(None)


class Worker(ThreadWorker):
    """A worker whose threads wait for nobody longer than that."""

    def enqueue_req(self, conn: Any) -> None:
        """Give a connection to a thread; a new one only when something came."""
        if isinstance(conn.sock, Bounded):
            super().enqueue_req(conn)
            return
        conn.sock = Bounded(conn.sock)
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)
        ready = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, ready)

    def handle(self, conn: Any) -> Any:
        conn.sock.until = time.monotonic() + HEAD_SECONDS
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        conn.sock.until = time.monotonic() + REQUEST_SECONDS
        return super().handle_request(req, conn)

    def handle_error(self, _req: Any, client: Any, _addr: Any, exc: Exception) -> None:
        """Answer what is no request with its status, our headers, and nothing of what was sent."""
        self.log.warning("no request could be read: %s", type(exc).__name__)
        status = status_of(exc)
        line = f"{status} {HTTP_STATUS_CODES[status]}"
        headers = [("Content-Type", "text/plain"), ("Connection", "close")]
        head = "".join(f"{name}: {value}\r\n" for name, value in complete(headers, secure=False))
        with suppress(OSError):
            client.sendall(f"HTTP/1.1 {line}\r\n{head}\r\n{line}\n".encode())


def status_of(error: Exception) -> int:
    """Return the status that says what was wrong before the program was asked."""
    if isinstance(error, RequestTimeout):
        return 408
    if isinstance(error, LimitRequestLine):
        return 414
    if isinstance(error, LimitRequestHeaders):
        return 431
    return 400 if isinstance(error, ParseException) else 500


class Nameless(wsgi.Response):
    """An answer that does not say which server made it."""

    def default_headers(self) -> list[str]:
        return [line for line in super().default_headers() if not line.startswith("Server:")]


def hide_the_name() -> None:
    """Let every answer of this process be nameless; the server has no setting for it."""
    wsgi.create = partial(wsgi.create, response_class=Nameless)
