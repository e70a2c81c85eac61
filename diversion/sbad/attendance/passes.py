"""Let a device bring marks to one roll: a pass that the page of that roll carries."""

import base64
import hashlib
import hmac
import json
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from diversion.core import keys
from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.sbad.classes.models import ClassSession

LIVES = timedelta(hours=12)
AFTER_CLASS = timedelta(minutes=30)


class NoPass(Invalid):
    """Marks come with the pass of their page, which nobody else's page can know."""

    status = 400
    sentence = _("These marks can't be taken. Open the roll again.")


@dataclass(frozen=True)
class Pass:
    """For which roll, given to whom in which sign-in session, and when, in seconds."""

    roll: str
    staff: str
    session: str
    made_at: int

    def sealed(self) -> str:
        """Return the pass as a page carries it: readable, but nobody else can make one."""
        text = base64.urlsafe_b64encode(json.dumps(astuple(self)).encode()).decode()
        return f"{text}.{_mac(text)}"


def opened(sealed: Any, roll: str, now: datetime) -> Pass:
    """Return the pass if it is ours, for this roll and not older than 12 h. Raises NoPass."""
    text, _dot, mac = str(sealed).partition(".")
    if not hmac.compare_digest(_mac(text).encode(), mac.encode()):
        raise NoPass
    found = Pass(*json.loads(base64.urlsafe_b64decode(text)))
    age = now - datetime.fromtimestamp(found.made_at, now.tzinfo)
    if found.roll != roll or age > LIVES:
        raise NoPass
    return found


def is_class_time(session: ClassSession, now: datetime, zone: str) -> bool:
    """Say whether marks of a roll are taken from a device without a fresh sign-in."""
    ends = datetime.combine(session.held_on, session.ends, ZoneInfo(zone))
    return now <= ends + AFTER_CLASS


def _mac(text: str) -> str:
    secret = keys.current(keys.Purpose.AUTH).secret
    return hmac.new(secret, b"roll call " + text.encode(), hashlib.sha256).hexdigest()
