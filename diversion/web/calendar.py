"""Know where the court is and which day it is there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

from diversion.core import clock


def court_zone() -> str:
    """Return the court's zone as an IANA name."""
    return str(current_app.config["COURT_ZONE"])


def court_today() -> date:
    """Return the present day where the court is."""
    return clock.today(court_zone())


def at_court(instant: datetime) -> datetime:
    """Return `instant` as the clock on the court's wall shows it."""
    return instant.astimezone(ZoneInfo(court_zone()))
