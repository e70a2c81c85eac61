"""Answer for the calendar link of a side: make one, end it, and send what it shows."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.staff.access import signed_in
from diversion.staff.feeds import services
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.staff.sign_in import door
from diversion.web import downloads
from diversion.web.feeds import Entry, calendar
from diversion.web.flash import flash_done
from diversion.web.forms import Form


@dataclass(frozen=True)
class Days:
    """Of which side days are, who may see them, what they are, their page, and their file."""

    track: Track
    permission: Permission
    entries: Callable[[Staff], list[Entry]]
    back: str
    file: str


def link(days: Days) -> ResponseReturnValue:
    """Show whether there is a link; make one, which is shown once, or end it."""
    form, address = Form(), ""
    if form.validate_on_submit():
        with transaction():
            token = _change(days.track)
        if not token:
            return redirect(url_for(".link"), 303)
        # Shown in the answer itself: kept anywhere for a redirect, it would lie in clear.
        address = door.address_of(url_for(days.file, token=token))
    return render_template(
        "staff/feeds/link.html", form=form, address=address, back=url_for(days.back),
        known=services.live(signed_in(), days.track),
    ), form.status  # fmt: skip


def _change(track: Track) -> str:
    """Return the token of a new link, or nothing once the link was ended."""
    if request.form.get("act") != "end":
        return services.make(signed_in(), track, now=clock.now())
    services.end(signed_in(), track, now=clock.now())
    flash_done(_("Ended. A calendar that had it shows nothing new."))
    return ""


def feed(days: Days, token: str) -> ResponseReturnValue:
    """Send the days of whoever holds the link, as they may see them now."""
    staff = services.holder(token, days.track)
    if not staff.may(days.permission):
        raise NotYours
    found = calendar(days.entries(staff), now=clock.now())
    return downloads.send(found, "days.ics")
