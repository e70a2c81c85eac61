"""Read the clock; nothing else in the program does.

Instants are aware UTC datetimes; court days are dates in the court's zone.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _real() -> datetime:
    return datetime.now(UTC)


_source: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=_real)


def now() -> datetime:
    """Return the present instant in UTC."""
    return _source.get()()


def today(zone: str) -> date:
    """Return the present day where the court is.

    `zone` is an IANA name such as `America/Los_Angeles`.
    """
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def standing_at(instant: datetime) -> Generator[None]:
    """Let the program live at another instant: the fictional year is made so."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    token = _source.set(lambda: instant.astimezone(UTC))
    try:
        yield
    finally:
        _source.reset(token)
