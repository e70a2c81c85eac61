"""The same file twice is nothing, and a run is taken back once."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from diversion.core import clock
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.enrollments.imports import queries, services
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.services import AlreadyUndone
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff

HASH = "a" * 64


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


def _run(by: Staff) -> ImportRun:
    run, is_new = services.start(Track.SBAD, "tracking", HASH, by=by, now=clock.now())
    assert is_new
    services.note(run, "participant", 7)
    services.note(run, "participant", 8)
    services.note(run, "enrollment", 3)
    services.finish(run, {"people": 2}, by=by)
    return run


def test_the_same_content_gives_the_earlier_run(by: Staff) -> None:
    run = _run(by)
    again, is_new = services.start(Track.SBAD, "tracking", HASH, by=by, now=clock.now())
    assert (again, is_new) == (run, False)
    other, is_new = services.start(Track.COMMUNITY_COURT, "list", HASH, by=by, now=clock.now())
    assert is_new
    assert other is not run


def test_a_run_is_taken_back_once_and_may_then_come_again(by: Staff) -> None:
    run = _run(by)
    seen: list[tuple[str, Sequence[int]]] = []
    undoers = {
        "enrollment": lambda ids: seen.append(("enrollment", ids)),
        "participant": lambda ids: seen.append(("participant", ids)),
    }
    services.undo(run, undoers, by=by, now=clock.now())
    assert seen == [("enrollment", [3]), ("participant", [7, 8])]
    with pytest.raises(AlreadyUndone):
        services.undo(run, undoers, by=by, now=clock.now())
    _, is_new = services.start(Track.SBAD, "tracking", HASH, by=by, now=clock.now())
    assert is_new


def test_a_kind_that_nobody_can_take_back_is_a_mistake(by: Staff) -> None:
    with pytest.raises(KeyError):
        services.undo(_run(by), {"participant": lambda ids: None}, by=by, now=clock.now())


def test_a_run_of_the_other_side_is_not_there(by: Staff) -> None:
    run = _run(by)
    assert queries.run_for(run.handle, Track.SBAD) is run
    with pytest.raises(NotYours):
        queries.run_for(run.handle, Track.COMMUNITY_COURT)
