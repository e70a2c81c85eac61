"""Turn away requests for other host names before anything else is done for them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADERS_AT_MOST = 16 * 1024
NOT_HERE = b"This address is not served here.\n"
TOO_LARGE = b"The headers of this request are too large.\n"


def set_up(app: Flask) -> None:
    """Guard the door; believe exactly the configured number of proxies."""
    hops = int(app.config["PROXY_HOPS"])
    program = app.wsgi_app
    if hops:
        program = ProxyFix(program, x_for=hops, x_proto=hops)
    app.wsgi_app = Door(program, app.config["TRUSTED_HOSTS"])  # type: ignore[method-assign]  # (how WSGI wraps)


class Door:
    """A WSGI program that answers for its own host names only."""

    def __init__(self, program: "WSGIApplication", hosts: Sequence[str]) -> None:
        self.program = program
        self.hosts = list(hosts)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if not host_is_trusted(environ.get("HTTP_HOST", ""), self.hosts):
            return self._refuse("400 BAD REQUEST", NOT_HERE, start_response)
        if _size_of_headers(environ) > HEADERS_AT_MOST:
            return self._refuse("431 REQUEST HEADER FIELDS TOO LARGE", TOO_LARGE, start_response)
        return self.program(environ, start_response)

    def _refuse(
        self, status: str, words: bytes, start_response: "StartResponse"
    ) -> Iterable[bytes]:
        length = str(len(words))
        start_response(
            status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", length)]
        )
        return [words]


def _size_of_headers(environ: "WSGIEnvironment") -> int:
    return sum(
        len(name) + len(str(value)) for name, value in environ.items() if name.startswith("HTTP_")
    )
