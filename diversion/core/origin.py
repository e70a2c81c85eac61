"""Remember where the present act comes from: a request, a job or a command."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """`kind` is `request`, `job`, `command` or `test`; `name` is an endpoint, job or command.

    `session` is the hash of the sign-in session, never its token.
    """

    kind: str = "command"
    name: str = ""
    request_id: str = ""
    address: str = ""
    session: str = ""


NOWHERE = Origin()
_present: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def present() -> Origin:
    """Return where the act that runs now comes from."""
    return _present.get()


@contextmanager
def coming_from(origin: Origin) -> Generator[None]:
    """Let everything inside be recorded as coming from `origin`."""
    token = _present.set(origin)
    try:
        yield
    finally:
        _present.reset(token)
