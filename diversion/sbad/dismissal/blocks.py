"""Say on the Today page what is next after the last requirement, and which dates come."""

from datetime import date, timedelta

from flask import url_for
from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.core.words import _, counted
from diversion.participants.access import visible_to
from diversion.sbad.dismissal.stages import Stage, waiting
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.filters import day
from diversion.web.today import AT_MOST, Block, BlockSource, Row

SHOWN = tuple(each for each in Stage if each is not Stage.WAIT)
SOON = timedelta(days=60)


def after(staff: Staff) -> Block | None:
    """Return how many wait for what, from a notice to a set-aside date."""
    if not (staff.may(Permission.SBAD_FILE_WRITE) or staff.may(Permission.ENROLLMENT_DECIDE)):
        return None
    counts = _counts(visible_to(staff, Track.SBAD), court_today())
    rows = tuple(
        Row(
            stage.words, url_for("sbad.dismissal.endings", show=stage.value),
            tag=counted("1 person", "{count} people", count),
        )
        for stage, count in counts.items()
        if count
    )  # fmt: skip
    return Block(_("Who waits for what"), sum(counts.values()), rows=rows) if rows else None


def _counts(scope: Select[int], on: date) -> dict[Stage, int]:
    """Return how many people are in each stage: one statement."""
    people = [waiting(stage, scope, on).order_by(None).subquery() for stage in SHOWN]
    counted = [select(func.count()).select_from(each).scalar_subquery() for each in people]
    return dict(zip(SHOWN, db.session.execute(select(*counted)).one(), strict=True))


def set_asides(staff: Staff) -> Block | None:
    """Return the records that can be set aside soon or already, until each is confirmed."""
    if not staff.may(Permission.SBAD_FILE_WRITE):
        return None
    found = db.session.execute(
        waiting(Stage.ASIDE, visible_to(staff, Track.SBAD), court_today())
    ).all()
    soon = [row for row in found if row.day <= court_today() + SOON]
    if not soon:
        return None
    rows = tuple(
        Row(
            row.number, url_for("sbad.dismissal.set_aside", number=row.number),
            _("Can be set aside from {day}", day=day(row.day)),
        )
        for row in soon[:AT_MOST]
    )  # fmt: skip
    link = url_for("sbad.dismissal.endings", show=Stage.ASIDE.value)
    return Block(_("Set-aside dates"), len(soon), link, _("See all"), rows)


SOURCES = (
    BlockSource(_("Who waits for what"), 16, after),
    BlockSource(_("Set-aside dates"), 34, set_asides),
)
