"""Say whose marks a device brings: whoever holds the pass of its page, signed in or not."""

from datetime import datetime
from typing import Any

from diversion.core.errors import NotYours, Refused
from diversion.core.words import _
from diversion.sbad.attendance import passes
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.staff import sessions
from diversion.staff.access import current_row
from diversion.staff.models import Staff, StaffStatus
from diversion.staff.permissions import Permission
from diversion.staff.sessions import Ended, Stage
from diversion.web.calendar import court_zone


class SignInFirst(Refused):
    """The marks wait on the device until the person who made them signs in."""

    status = 401
    sentence = _("Sign in to send these marks.")


class Forgotten(Refused):
    """An administrator had this device forgotten: it keeps nothing."""

    status = 410
    sentence = _("This device is to forget what it holds.")


def bearer(sent: Any, roll: str, now: datetime) -> tuple[Staff, ClassSession, bool]:
    """Return who brings marks, for which class day, and whether that person is signed in.

    Without a sign-in the pass is enough until half an hour after the class, unless its
    session was ended. Raises NoPass, Forgotten, SignInFirst, NotYours.
    """
    row = here = current_row()
    given = passes.opened(sent.get("pass") if isinstance(sent, dict) else "", roll, now)
    if here is None or here.handle != given.session:
        row = sessions.of_handle(given.session)
    if row is None or row.staff.handle != given.staff:
        raise SignInFirst
    if row.revoked_why is Ended.FORGOTTEN:
        raise Forgotten
    if here is not None and here.staff_id != row.staff_id:
        raise SignInFirst
    is_in = here is not None and here.stage is Stage.FULL
    if not is_in and (row.revoked_at is not None or row.staff.status is not StaffStatus.ACTIVE):
        raise SignInFirst
    row.staff.active_track = row.active_track
    if not row.staff.may(Permission.ATTENDANCE_MARK):
        raise NotYours
    session = classes.class_for(roll, by=row.staff, lock=True)
    if not is_in and not passes.is_class_time(session, now, court_zone()):
        raise SignInFirst
    return row.staff, session, is_in
