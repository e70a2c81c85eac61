"""A waiting file is sealed, its owner's alone, and gone after a day."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core import clock
from diversion.core.errors import NotYours
from diversion.participants import uploads
from diversion.participants.models import WaitingUpload
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff

NOON = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def test_its_owner_gets_it_back_and_nobody_else(session: Session) -> None:
    rosa, other = make_staff(Role.SBAD_COORDINATOR), make_staff(Role.SBAD_COORDINATOR)
    with clock.standing_at(NOON):
        handle = uploads.keep(b"Juniper Hale", by=rosa, now=NOON)
        assert uploads.open_upload(handle, by=rosa) == b"Juniper Hale"
        for by, asked in ((other, handle), (rosa, "none")):
            with pytest.raises(NotYours):
                uploads.open_upload(asked, by=by)
        with pytest.raises(NotYours):
            uploads.drop(handle, by=other)
    stored = session.scalars(select(WaitingUpload.sealed)).one()
    assert b"Juniper" not in stored


def test_it_is_gone_after_a_day(session: Session) -> None:
    rosa = make_staff(Role.SBAD_COORDINATOR)
    handle = uploads.keep(b"x", by=rosa, now=NOON)
    fresh = uploads.keep(b"y", by=rosa, now=NOON + timedelta(hours=1))
    a_day_later = NOON + uploads.WAITS
    with clock.standing_at(a_day_later):
        with pytest.raises(NotYours):
            uploads.open_upload(handle, by=rosa)
        assert uploads.drop_old(a_day_later) == 1
        assert uploads.drop_old(a_day_later) == 0
        assert uploads.open_upload(fresh, by=rosa) == b"y"


def test_an_imported_file_is_dropped(session: Session) -> None:
    rosa = make_staff(Role.SBAD_COORDINATOR)
    handle = uploads.keep(b"x", by=rosa, now=clock.now())
    uploads.drop(handle, by=rosa)
    with pytest.raises(NotYours):
        uploads.open_upload(handle, by=rosa)
