"""A tracking workbook is taken over whole, once, to the cent, and can be taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diversion.audit.models import Act
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.workbooks import reading as workbooks
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.imports.lines import Fate
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.services import AlreadyUndone, BuiltOn, NothingToImport
from diversion.enrollments.models import Enrollment
from diversion.enrollments.terms.services import set_up
from diversion.fees import queries as fees
from diversion.fees.models import Receipt
from diversion.fees.receipts import services as receipts
from diversion.fees.receipts.services import Payment
from diversion.ledger.commands import Mode
from diversion.participants.access import open_file
from diversion.participants.models import DataKey, Participant, Status
from diversion.participants.search import search
from diversion.participants.services import amend
from diversion.sbad.attendance import services as attendance
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.imports import services
from diversion.sbad.rosters import services as rosters
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff
from tests.core.hostile import workbook
from tests.factories.sbad import coordinator, make_class
from tests.sbad.test_imports_reading import HALE, HEADER, TODAY

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
WREN = ["Wren, Ada", "5/2/1991", "26CR2", "2/1/26", "503-555-0101", "SPA", "4/6/2026", "N", 750,
        "", ""]  # fmt: skip
LARK = ["Lark, Sam", "7/3/1985", "26CR3", "9/1/26", "", "", "12/5/2026", "", "$1,000.00", 1000,
        "pd 10/1/26 $400 cash; pd 11/1/26 $600 MO 77"]  # fmt: skip


@pytest.fixture
def rosa(session: Session) -> Staff:
    made = coordinator()
    set_up(sbad_fee=Money(50_000), in_force_on=date(2026, 1, 1), by=made)
    return made


def take_over(content: bytes, by: Staff) -> tuple[ImportRun, bool]:
    return services.take_over(content, workbooks.read(content), by=by, today=TODAY, now=NOW)


def check(content: bytes, by: Staff) -> services.Check:
    return services.check(content, workbooks.read(content), by=by, today=TODAY)


def count(session: Session, table: type[Any]) -> int:
    query = select(func.count()).select_from(table)
    if hasattr(table, "track"):
        query = query.where(table.track == Track.SBAD)
    return session.scalar(query) or 0


@pytest.fixture
def small() -> bytes:
    return workbook(HEADER, HALE, WREN, LARK)


def person(session: Session, text: str, by: Staff) -> Participant:
    (hit,) = search(Track.SBAD, text, by=by)
    return session.get_one(Participant, hit.participant_id)


def test_a_check_writes_nothing_but_the_log(session: Session, rosa: Staff, small: bytes) -> None:
    found = check(small, rosa)
    assert found.counts["create"] == 3
    assert count(session, Participant) == count(session, Receipt) == count(session, ImportRun) == 0


def test_people_classes_marks_and_money_are_taken_over(
    session: Session, rosa: Staff, small: bytes
) -> None:
    take_over(small, rosa)
    hale, wren, lark = (person(session, name, rosa) for name in ("Hale", "Wren", "Lark"))
    assert (hale.language, wren.language) == ("en", "es")
    assert fees.owed_by([hale.id, wren.id, lark.id]) == {
        hale.id: Money(35_000), wren.id: Money(75_000), lark.id: Money(0),
    }  # fmt: skip
    days = session.scalars(select(ClassSession).order_by(ClassSession.held_on)).unique().all()
    assert [(day.held_on, day.state) for day in days] == [
        (date(2026, 4, 6), ClassState.CERTIFIED), (date(2026, 12, 5), ClassState.OPEN),
    ]  # fmt: skip
    assert session.scalars(select(AttendanceMark.is_imported)).all() == [True, True]
    dates = session.scalars(select(Receipt.taken_on).order_by(Receipt.id)).all()
    assert dates == [date(2026, 2, 1), date(2026, 10, 1), date(2026, 11, 1)]
    assert all(number.startswith("H-") for number in session.scalars(select(Receipt.number)))


def test_who_attended_and_paid_has_met_the_requirements(session: Session, rosa: Staff) -> None:
    paid = [*HALE[:9], 500, "pd 2/1/26 $500 cash"]
    take_over(workbook(HEADER, paid), rosa)
    assert session.scalars(select(Enrollment.state)).all() == [EnrollmentState.REQUIREMENTS_MET]


def test_the_same_file_again_changes_nothing(session: Session, rosa: Staff, small: bytes) -> None:
    first, _new = take_over(small, rosa)
    assert take_over(small, rosa) == (first, False)
    assert count(session, Participant) == 3


def test_the_same_people_in_another_file_are_not_made_again(
    session: Session, rosa: Staff, small: bytes
) -> None:
    take_over(small, rosa)
    found = check(workbook(HEADER, HALE, [*WREN[:2], "26CR99"], title="again"), rosa)
    assert [line.fate for line in found.reading.lines] == [Fate.UNCHANGED, Fate.REPEATS]
    assert person(session, "Hale", rosa).number in str(found.reading.lines[0].reason)
    with pytest.raises(NothingToImport):
        take_over(workbook(HEADER, HALE, title="again"), rosa)
    assert count(session, Participant) == 3


def test_one_who_sounds_like_somebody_on_record_is_refused(
    session: Session, rosa: Staff, small: bytes
) -> None:
    take_over(small, rosa)
    (line,) = check(workbook(HEADER, ["Hail, Juniper", "4/2/1990", "26CR8"]), rosa).reading.lines
    assert line.fate is Fate.REFUSED
    (line,) = check(workbook(HEADER, ["Moss, Tom", "4/2/1970", "26CR1"]), rosa).reading.lines
    assert line.fate is Fate.REFUSED


def test_an_import_is_taken_back_whole(session: Session, rosa: Staff, small: bytes) -> None:
    run, _new = take_over(small, rosa)
    people = session.scalars(select(Participant.id).where(Participant.track == Track.SBAD)).all()
    services.undo(run, by=rosa, today=TODAY, now=NOW)
    assert count(session, DataKey) == 0
    assert set(
        session.scalars(select(Participant.status).where(Participant.track == Track.SBAD))
    ) == {Status.SHREDDED}
    assert set(fees.owed_by(people).values()) == {Money(0)}
    assert search(Track.SBAD, "Hale", by=rosa) == []
    assert set(session.scalars(select(ClassSession.state))) == {ClassState.CANCELLED}
    with pytest.raises(AlreadyUndone):
        services.undo(run, by=rosa, today=TODAY, now=NOW)


def test_after_an_undo_the_same_file_can_be_taken_over_again(
    session: Session, rosa: Staff, small: bytes
) -> None:
    run, _new = take_over(small, rosa)
    services.undo(run, by=rosa, today=TODAY, now=NOW)
    again, is_new = take_over(small, rosa)
    assert is_new
    assert again is not run
    assert len(search(Track.SBAD, "Hale", by=rosa)) == 1


def excuse(session: Session, by: Staff) -> None:
    day = session.scalars(select(ClassSession).where(ClassSession.state == ClassState.OPEN))
    row = session.scalars(
        select(Registration).where(Registration.class_session_id == day.unique().one().id)
    ).one()
    attendance.excuse_ahead(row, "an-operation-of-later", by=by, now=NOW)


def take_money(session: Session, by: Staff) -> None:
    whose = person(session, "Wren", by)
    receipts.take(
        whose, Payment(Money(5_000), Mode.CASH), key="a-receipt-of-later", by=by, on=TODAY, now=NOW
    )


def register_elsewhere(session: Session, by: Staff) -> None:
    enrollment = session.scalars(
        select(Enrollment).where(Enrollment.participant_id == person(session, "Wren", by).id)
    ).one()
    rosters.register(make_class(by), [enrollment], cleared=(), by=by, now=NOW)


def correct_the_name(session: Session, by: Staff) -> None:
    whose = person(session, "Wren", by)
    opened = open_file(whose.number, Track.SBAD, by=by, why=Act.FILE_OPENED)
    amend(whose, opened.identity.with_changes(preferred="Addie"), by=by)


@pytest.mark.parametrize("later", [excuse, take_money, register_elsewhere, correct_the_name])
def test_what_later_work_rests_on_is_not_taken_back(
    session: Session, rosa: Staff, small: bytes, later: Callable[[Session, Staff], None]
) -> None:
    run, _new = take_over(small, rosa)
    later(session, rosa)
    session.flush()
    with pytest.raises(BuiltOn):
        services.undo(run, by=rosa, today=TODAY, now=NOW)
    assert run.undone_at is None


def test_a_file_with_one_good_row_takes_over_that_row(session: Session, rosa: Staff) -> None:
    run, _new = take_over(workbook(HEADER, HALE, ["=1+1", "13/45/1990", "26CR9"]), rosa)
    assert (run.counts["create"], run.counts["refused"]) == (1, 1)
    assert count(session, Participant) == 1
