"""Put the security headers on every answer, whoever made it.

This wraps the whole program from outside, so refusals of the host guard, files
and failures carry them too.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not no-referrer: over HTTPS the form check demands a referrer (security.md WB-03).
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
    "X-Frame-Options": "DENY",
}
UNLESS_SAID = {"Cache-Control": "no-store"}
OVER_TLS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


def set_up(app: Flask) -> None:
    app.wsgi_app = WithHeaders(app.wsgi_app)  # type: ignore[method-assign]  # (how WSGI wraps)


class WithHeaders:
    """A WSGI program whose every answer carries the headers."""

    def __init__(self, program: "WSGIApplication") -> None:
        self.program = program

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        secure = environ.get("wsgi.url_scheme") == "https"

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            return start_response(status, complete(headers, secure=secure), exc_info)

        return self.program(environ, start)


def complete(headers: list[tuple[str, str]], *, secure: bool) -> list[tuple[str, str]]:
    """Return `headers` with ours, which win; a cache rule that a page set stays."""
    ours = {**ALWAYS, **(OVER_TLS if secure else {})}
    names = {name.lower() for name in ours}
    said = {name.lower() for name, _ in headers}
    kept = [(name, value) for name, value in headers if name.lower() not in names]
    kept += [(name, value) for name, value in UNLESS_SAID.items() if name.lower() not in said]
    return kept + list(ours.items())
