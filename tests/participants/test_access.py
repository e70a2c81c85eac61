"""Only whom one may reach is found, and opening leaves a row in the log."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.audit.models import Act, AuditRow
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.participants import access
from diversion.participants.assignments import services as assignments
from diversion.participants.assignments.models import BlockReason, Reason
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

COURT, SBAD = Track.COMMUNITY_COURT, Track.SBAD


def test_a_coordinator_opens_a_record_of_the_own_side(session: Session) -> None:
    rosa = make_staff(Role.COURT_COORDINATOR)
    juniper = make_participant(COURT, preferred="June", birth_date=date(1990, 3, 14))
    opened = access.open_file(juniper.number, COURT, by=rosa, why=Act.FILE_OPENED)
    assert opened.participant is juniper
    assert opened.identity.shown == "June Hale"
    assert opened.identity.birth_date == date(1990, 3, 14)


def test_the_other_side_is_as_absent_as_what_does_not_exist_az_02(session: Session) -> None:
    rosa = make_staff(Role.COURT_COORDINATOR)
    buyer = make_participant(SBAD)
    told = set()
    for number, track in ((buyer.number, SBAD), (buyer.number, COURT), ("26-9999-0", COURT)):
        with pytest.raises(NotYours) as refused:
            access.find(number, track, by=rosa)
        told.add(str(refused.value))
    assert len(told) == 1
    assert access.open_names([buyer.id], SBAD, by=rosa, why=Act.NAMES_SHOWN) == {}
    assert access.open_names([buyer.id], COURT, by=rosa, why=Act.NAMES_SHOWN) == {}


def test_an_assignment_opens_and_its_end_closes_at_once_az_06(session: Session) -> None:
    coordinator, mentor = make_staff(Role.COURT_COORDINATOR), make_staff(Role.MENTOR)
    juniper = make_participant(COURT)
    with pytest.raises(NotYours):
        access.find(juniper.number, COURT, by=mentor)
    given = assignments.assign(
        mentor, juniper, reason=Reason.MENTORING, starts_on=court_today(), by=coordinator
    )
    assert access.find(juniper.number, COURT, by=mentor) is juniper
    assignments.end(given, by=coordinator)
    with pytest.raises(NotYours):
        access.find(juniper.number, COURT, by=mentor)
    with pytest.raises(assignments.AlreadyEnded):
        assignments.end(given, by=coordinator)


@pytest.mark.parametrize(
    ("starts", "ends", "reaches"),
    [(0, 0, True), (-5, -1, False), (1, None, False), (-5, None, True), (-1, 1, True)],
)
def test_an_assignment_counts_on_its_days_only(
    session: Session, starts: int, ends: int | None, reaches: bool
) -> None:
    mentor, juniper, today = make_staff(Role.MENTOR), make_participant(COURT), court_today()
    assignments.assign(
        mentor, juniper, reason=Reason.MENTORING, starts_on=today + timedelta(starts),
        ends_on=None if ends is None else today + timedelta(ends), by=mentor,
    )  # fmt: skip
    found = db.session.scalars(access.visible_to(mentor, COURT)).all()
    assert found == ([juniper.id] if reaches else [])


def test_a_record_given_twice_for_one_reason_is_given_once(session: Session) -> None:
    rosa, deputy = make_staff(Role.COURT_COORDINATOR), make_staff(Role.DEPUTY_DA, track=COURT)
    juniper, today = make_participant(COURT), court_today()
    week = assignments.assign(
        deputy, juniper, reason=Reason.COVERAGE, starts_on=today,
        ends_on=today + timedelta(7), by=rosa,
    )  # fmt: skip
    first = assignments.assign(deputy, juniper, reason=Reason.CASE, starts_on=today, by=rosa)
    again = assignments.assign(deputy, juniper, reason=Reason.CASE, starts_on=today, by=rosa)
    stays = assignments.assign(deputy, juniper, reason=Reason.COVERAGE, starts_on=today, by=rosa)
    assert again is first
    assert stays is not week
    assignments.end(first, by=rosa)
    assert (
        assignments.assign(deputy, juniper, reason=Reason.CASE, starts_on=today, by=rosa)
        is not first
    )


def test_a_block_wins_over_role_and_assignment_az_08(session: Session) -> None:
    rosa, mentor = make_staff(Role.COURT_COORDINATOR), make_staff(Role.MENTOR)
    juniper = make_participant(COURT)
    assignments.assign(mentor, juniper, reason=Reason.MENTORING, starts_on=court_today(), by=rosa)
    for staff in (rosa, mentor):
        placed = assignments.block(staff, juniper, reason=BlockReason.FAMILY, by=rosa)
        assert assignments.block(staff, juniper, reason=BlockReason.FAMILY, by=rosa) is placed
        with pytest.raises(NotYours):
            access.find(juniper.number, COURT, by=staff)
    with pytest.raises(assignments.Kept):
        assignments.assign(mentor, juniper, reason=Reason.CASE, starts_on=court_today(), by=rosa)
    assignments.lift(placed, by=rosa)
    assert access.find(juniper.number, COURT, by=mentor) is juniper


def test_nobody_is_assigned_across_the_wall_az_05(session: Session) -> None:
    mentor, buyer = make_staff(Role.MENTOR), make_participant(SBAD)
    with pytest.raises(assignments.NotOfThisSide):
        assignments.assign(mentor, buyer, reason=Reason.CASE, starts_on=court_today(), by=mentor)


def test_an_upper_floor_may_add_a_scope(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    teacher, taught, other = make_staff(Role.INSTRUCTOR), make_participant(SBAD), None
    other = make_participant(SBAD, first="Rowan")

    def classes(staff: object, track: Track) -> object:
        return (
            select(type(taught).id).where(type(taught).id == taught.id)
            if staff is teacher
            else None
        )

    monkeypatch.setattr(access, "scopes", [classes])
    names = access.open_names([taught.id, other.id], SBAD, by=teacher, why=Act.NAMES_SHOWN)
    assert list(names) == [taught.id]
    with pytest.raises(NotYours):
        access.find(taught.number, SBAD, by=make_staff(Role.INSTRUCTOR))


def test_a_role_taken_away_reaches_nobody_though_the_statement_is_kept_az_06(
    session: Session,
) -> None:
    rosa, buyer = make_staff(Role.SBAD_COORDINATOR), make_participant(SBAD)
    assert access.open_names([buyer.id], SBAD, by=rosa, why=Act.NAMES_SHOWN)
    (given,) = rosa.grants
    given.ended_at, given.side = clock.now(), None
    session.flush()
    assert access.open_names([buyer.id], SBAD, by=rosa, why=Act.NAMES_SHOWN) == {}
    with pytest.raises(NotYours):
        access.find(buyer.number, SBAD, by=rosa)


def test_one_row_of_the_log_names_every_number_that_was_shown_co_01(session: Session) -> None:
    rosa = make_staff(Role.SBAD_COORDINATOR)
    people = [make_participant(SBAD, first=first) for first in ("Rowan", "Ash", "Linden")]
    names = access.open_names(
        [person.id for person in people], SBAD, by=rosa, why=Act.NAMES_SHOWN, about="class:q8m4"
    )
    assert {identity.first for identity in names.values()} == {"Rowan", "Ash", "Linden"}
    for act in session.info["last_acts"].values():
        act()
    row = db.session.scalars(select(AuditRow).where(AuditRow.act == Act.NAMES_SHOWN)).one()
    shown = {f"participant:{person.number}" for person in people}
    assert set(json.loads(row.objects)) == {"class:q8m4", *shown}
    assert (row.actor, row.roles, row.track) == (rosa.id, "sbad_coordinator", "sbad")


def test_a_deputy_reads_on_the_side_chosen_and_no_other(session: Session) -> None:
    deputy = make_staff(Role.DEPUTY_DA, track=COURT)
    juniper, buyer = make_participant(COURT), make_participant(SBAD)
    for person in (juniper, buyer):
        assignments.assign(deputy, person, reason=Reason.CASE, starts_on=court_today(), by=deputy)
    assert access.find(juniper.number, COURT, by=deputy) is juniper
    with pytest.raises(NotYours):
        access.find(buyer.number, SBAD, by=deputy)
