"""Nothing reads or links people of both sides: neither a statement nor the database."""

from typing import Any

import pytest
from sqlalchemy import Table, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from diversion.core import paths
from diversion.core.database import Base
from diversion.core.tracks import Track
from diversion.participants import access
from diversion.participants.assignments.models import Assignment
from diversion.participants.models import DataKey, Envelope, Participant
from diversion.staff.permissions import Role
from tests import scoped
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

COURT, SBAD = Track.COMMUNITY_COURT, Track.SBAD


@pytest.mark.parametrize("table", [Participant, Envelope, DataKey, Assignment])
def test_a_statement_without_a_side_is_caught_az_05(table: type[Base]) -> None:
    with pytest.raises(scoped.Unscoped):
        scoped.judge(select(table))


def test_a_lookup_by_bare_id_is_caught_az_05(session: Session) -> None:
    person = make_participant(COURT)
    session.expunge(person)
    with pytest.raises(scoped.Unscoped):
        scoped.judge(select(Participant).where(Participant.id == person.id))


def test_the_watch_stands_over_what_the_program_asks_az_05(session: Session) -> None:
    source = "def ask(session, query): return session.execute(query)"
    planted: dict[str, Any] = {}
    exec(compile(source, str(paths.PACKAGE / "planted.py"), "exec"), planted)  # noqa: S102
    with pytest.raises(scoped.Unscoped):
        planted["ask"](session, select(Participant))
    assert session.execute(select(Participant)).all() == []  # a test may look behind it


def test_a_statement_with_a_side_passes(session: Session) -> None:
    person = make_participant(COURT)
    rosa = make_staff(Role.COURT_COORDINATOR)
    assert session.scalars(access.visible_to(rosa, COURT)).all() == [person.id]
    one_side = select(Envelope.participant_id).where(Envelope.track == SBAD)
    assert session.scalars(one_side).all() == []


@pytest.mark.parametrize("table", scoped.tables_about_people(), ids=str)
def test_every_table_about_a_person_is_tied_to_the_side_of_that_person_az_05(
    table: Table,
) -> None:
    keys = [set(key.column_keys) for key in table.foreign_key_constraints]
    assert any({"participant_id", "track"} <= columns for columns in keys)


@pytest.mark.parametrize("table", ["envelope", "data_key", "assignment", "conflict_block"])
def test_the_database_refuses_a_row_on_the_wrong_side_az_05(session: Session, table: str) -> None:
    person, staff = make_participant(COURT), make_staff(Role.MENTOR)
    values = {
        "envelope": "participant_id, track, sealed, sealed_at) SELECT :person, 'sbad', "
        "sealed, sealed_at FROM envelope",
        "data_key": "participant_id, track, key_id, wrapped) SELECT :person, 'sbad', "
        "key_id, wrapped FROM data_key",
        "assignment": "handle, participant_id, track, staff_id, reason, starts_on, made_by, "
        "made_at) VALUES ('h', :person, 'sbad', :staff, 'case', '2026-11-02', :staff, "
        "'2026-11-02 00:00:00')",
        "conflict_block": "handle, participant_id, track, staff_id, reason, placed_by, "
        "placed_at) VALUES ('h', :person, 'sbad', :staff, 'family', :staff, "
        "'2026-11-02 00:00:00')",
    }
    if table in {"envelope", "data_key"}:
        wrong = f"UPDATE {table} SET track = 'sbad' WHERE participant_id = :person"
    else:
        wrong = f"INSERT INTO {table} ({values[table]}"
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(wrong), {"person": person.id, "staff": staff.id})


def test_a_person_can_not_change_sides_az_05(session: Session) -> None:
    person = make_participant(COURT)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            text("UPDATE participant SET track = 'sbad' WHERE id = :id"), {"id": person.id}
        )
    nowhere = (
        "INSERT INTO participant (number, track, language, registered_on, status) "
        "VALUES ('26-1-1', 'both', 'en', '2026-11-02', 'active')"
    )
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(nowhere))
