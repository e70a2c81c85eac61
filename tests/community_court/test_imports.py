"""The county's own list is read as it is, shown first, imported once, undone while it can be."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diversion.community_court.appearances.models import Setting
from diversion.community_court.dockets.models import Docket
from diversion.community_court.imports import rules, services
from diversion.community_court.imports.reading import Reading
from diversion.community_court.mentors import services as mentors
from diversion.community_court.mentors.models import ContactKind, MentorMatch
from diversion.core import languages
from diversion.core.tracks import Track
from diversion.core.workbooks.reading import Cell, Kind, Sheet
from diversion.enrollments.codes import EnrollmentState, ExitCode
from diversion.enrollments.imports.lines import Fate
from diversion.enrollments.imports.lists import NotUnderstood
from diversion.enrollments.imports.services import AlreadyUndone, BuiltOn, NothingToImport
from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant, Status
from diversion.participants.search import search
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.community_court import ZONE
from tests.factories.enrollments import make_terms
from tests.factories.staff import make_staff

COUNTY = Path(__file__).resolve().parents[3] / "shared" / "data"
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
OURS = Participant.track == Track.COMMUNITY_COURT
OTHER_SHAPE = [
    ["Peer mentor", "Name", "D.O.B.", "Start date", "Case #", "Goes by", "OK to text", "Mobile"],
    ["Mentor A", "Winslow, Pilar", "14.3.1990", "20.1.2026", "26CR60001", "Pia", "x", "5035550142"],
    ["", "Harrow, Tess", "30.2.1991", "15.2.2026", "26CR60002", "", "no", ""],
    ["", "Harrow, Tess", "17.6.1991", "15.2.2026", "26CR60002", "", "no - shared phone", ""],
    ["", "Bram, Lucía", "1.9.1988", "16.2.2026", "26CR60001", "", "", ""],
    ["Total", "2", "", "", "", "", "", ""],
]


def book(rows: list[list[Any]]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def small(number: int = 1, **changed: Any) -> bytes:
    rows: list[dict[str, Any]] = [
        {"First": "Pilar", "Last": f"Winslow{'abc'[n]}", "Birthdate": date(1990, 3, 14 + n),
         "Case No.": f"26CR6000{n}", "Entered program": date(2026, 1, 20), **changed}
        for n in range(number)
    ]  # fmt: skip
    return book([list(rows[0]), *(list(row.values()) for row in rows)])


@pytest.fixture
def by(session: Session) -> Staff:
    staff = make_staff(Role.COURT_COORDINATOR)
    make_terms(staff)
    return staff


@pytest.fixture
def county_list() -> bytes:
    path = COUNTY / "community_court_list.xlsx"
    if not path.exists():
        pytest.skip("the county's files are not beside this checkout")
    return path.read_bytes()


def _count(session: Session, table: type[Any]) -> int:
    statement = select(func.count()).select_from(table)
    if hasattr(table, "track"):
        statement = statement.where(table.track == Track.COMMUNITY_COURT)
    return session.execute(statement).scalar_one()


def _sheets(content: bytes) -> tuple[Sheet, ...]:
    return services.read_sheets(content, today=TODAY)


def _bring_in(content: bytes, by: Staff) -> tuple[Any, bool]:
    return services.bring_in(content, _sheets(content), zone=ZONE, by=by, on=TODAY, now=NOW)


def test_the_countys_list_is_read_as_expected(by: Staff, county_list: bytes) -> None:
    expected = json.loads((COUNTY / "expected.json").read_text())
    reading = services.preview(_sheets(county_list), today=TODAY)
    found = {line.row: line.entry for line in reading.lines if line.entry}
    assert reading.counted(Fate.CREATE) == expected["totals"]["community_court_people"]
    for row in expected["community_court"]:
        entry = found[row["row"]]
        assert (entry.first, entry.last, entry.case) == (row["first"], row["last"], row["case"])
        assert (entry.born, entry.entered_on) == (
            date.fromisoformat(row["dob"]), date.fromisoformat(row["entered"]),
        )  # fmt: skip
        assert (entry.may_text, entry.phone) == (row["safe_to_text"], row["phone"])
        assert languages.NAMES[entry.language] == row["language"]
        assert entry.closed_on == (row["closed"] and date.fromisoformat(row["closed"]))
        assert (entry.exit_code is None) == (row["outcome"] == "")


def test_the_countys_list_comes_in_once_and_leaves_nothing_out(
    by: Staff, county_list: bytes, session: Session
) -> None:
    run, is_new = _bring_in(county_list, by)
    assert is_new
    assert run.counts["create"] == 71
    assert _count(session, Participant) == 71
    open_ones = select(func.count()).where(Enrollment.state == EnrollmentState.ACTIVE)
    assert session.execute(open_ones).scalar_one() == 10
    again, is_new = _bring_in(county_list, by)
    assert (again.id, is_new) == (run.id, False)
    assert _count(session, Participant) == 71
    hit = search(Track.COMMUNITY_COURT, "26CR50012", by=by)[0]
    assert hit.identity.preferred == "Jessica"
    assert _count(session, Docket) == run.counts["docket_days"]
    assert _count(session, Setting) > 0


def test_a_preview_writes_nothing(by: Staff, county_list: bytes, session: Session) -> None:
    services.preview(_sheets(county_list), today=TODAY)
    assert (_count(session, Participant), _count(session, Enrollment)) == (0, 0)
    assert not session.new


def _other_shape(today: date = TODAY) -> Reading:
    return services.preview(_sheets(book(OTHER_SHAPE)), today=today)


def test_another_shape_is_read_and_what_is_wrong_is_named(by: Staff) -> None:
    lines = {line.row: line for line in _other_shape().lines}
    pilar = lines[2].entry
    assert pilar is not None
    assert (pilar.last, pilar.preferred, pilar.born) == ("Winslow", "Pia", date(1990, 3, 14))
    assert (pilar.mentor, pilar.may_text, pilar.entered_on) == (
        "Mentor A", True, date(2026, 1, 20),
    )  # fmt: skip
    assert lines[3].fate is Fate.REFUSED
    assert "30.2.1991" in str(lines[3].reason)
    assert lines[4].fate is Fate.CREATE
    assert lines[4].entry is not None
    assert not lines[4].entry.may_text
    assert lines[5].fate is Fate.REFUSED
    assert "another name" in str(lines[5].reason)
    assert lines[6].fate is Fate.TOTAL


def test_a_file_without_the_needed_columns_says_what_it_did_not_recognize(by: Staff) -> None:
    rows = [["First", "Last", "Language", "Shoe size"], ["Pilar", "Winslow", "English", "38"]]
    with pytest.raises(NotUnderstood, match="Shoe size"):
        services.read_sheets(book([*rows, *rows[1:]]), today=TODAY)


def test_whoever_is_on_record_is_not_made_twice(by: Staff, session: Session) -> None:
    _bring_in(small(), by)
    changed = small(Language="Spanish")
    (line,) = services.preview(_sheets(changed), today=TODAY).lines
    number = session.scalars(select(Participant.number).where(OURS)).one()
    assert line.fate is Fate.UNCHANGED
    assert number in str(line.reason)
    with pytest.raises(NothingToImport):
        _bring_in(changed, by)


@pytest.mark.parametrize(
    ("changed", "fate"),
    [
        ({"Case No.": "26CR70000"}, Fate.REPEATS),
        ({"Last": "Wynslowa"}, Fate.REFUSED),
        ({"Last": "Wynslowa", "Case No.": "26CR70000"}, Fate.REFUSED),
        ({"First": "Pila", "Case No.": "26CR70000"}, Fate.REFUSED),
        ({"First": "Pilra", "Case No.": "26CR70000"}, Fate.REFUSED),
        ({"Last": "Hale", "Case No.": "26CR70000"}, Fate.CREATE),
    ],
)
def test_whoever_may_be_somebody_on_record_is_left_for_a_person_to_decide(
    by: Staff, changed: dict[str, str], fate: Fate
) -> None:
    _bring_in(small(), by)
    (line,) = services.preview(_sheets(small(**changed)), today=TODAY).lines
    assert line.fate is fate


def test_everything_that_is_wrong_with_a_row_is_said_at_once(by: Staff) -> None:
    (line,) = services.preview(
        _sheets(small(Birthdate="13/45/1990", Sessions="many")), today=TODAY
    ).lines
    assert "“13/45/1990” is not a date" in str(line.reason)
    assert "“many” is not a number of sessions" in str(line.reason)


def test_an_import_is_undone_and_nobody_of_it_is_found(by: Staff, session: Session) -> None:
    run, _new = _bring_in(
        small(2, Mentor="Mentor A", Counselor="Lantern", **{"Next court": date(2026, 12, 1)}), by
    )
    assert _count(session, Setting) == 2
    services.undo(run, by=by, on=TODAY, now=NOW)
    assert search(Track.COMMUNITY_COURT, "Winslow", by=by) == []
    assert set(session.scalars(select(Participant.status).where(OURS))) == {Status.SHREDDED}
    assert all(row.vacated_at for row in session.scalars(select(Setting)))
    assert all(row.ended_on for row in session.scalars(select(MentorMatch)))
    assert set(session.scalars(select(Enrollment.exit_code))) == {ExitCode.PROGRAM_ERROR}
    with pytest.raises(AlreadyUndone):
        services.undo(run, by=by, on=TODAY, now=NOW)
    _run, is_new = _bring_in(small(2), by)
    assert is_new


def test_what_work_rests_on_is_not_undone(by: Staff, session: Session) -> None:
    run, _new = _bring_in(small(), by)
    person = session.scalars(select(Participant).where(OURS)).one()
    mentors.log_contact(
        person, ContactKind.CALL, made=True, happened_on=TODAY, minutes=5, by=by, on=TODAY, now=NOW
    )
    with pytest.raises(BuiltOn):
        services.undo(run, by=by, on=TODAY, now=NOW)


def test_a_next_date_on_a_holiday_leaves_the_person_without_one(
    by: Staff, session: Session
) -> None:
    run, _new = _bring_in(small(**{"Next court": date(2026, 11, 26)}), by)
    assert run.counts["without_date"] == 1
    assert _count(session, Setting) == 0


def _cell(text: str) -> Cell:
    return Cell(Kind.TEXT if text else Kind.EMPTY, text)


@pytest.mark.parametrize(
    ("written", "safe"),
    [("Y", True), ("yes", True), ("N", False), ("n - ex sees phone", False), ("", False)],
)
def test_only_a_plain_yes_makes_a_text_safe(written: str, safe: bool) -> None:
    assert rules.may_text(_cell(written)) is safe


def test_maybe_is_no_answer_to_whether_a_text_is_safe() -> None:
    with pytest.raises(rules.Misread):
        rules.may_text(_cell("maybe"))


@pytest.mark.parametrize(("written", "number"), [("6 of 10", 6), ("8", 8), ("4.0", 4), ("", 0)])
def test_sessions_are_read_as_people_write_them(written: str, number: int) -> None:
    assert rules.sessions(written) == number


def test_a_row_that_contradicts_itself_is_refused(by: Staff) -> None:
    (line,) = services.preview(_sheets(small(Outcome="graduated")), today=TODAY).lines
    assert line.fate is Fate.REFUSED
    entry = services.preview(_sheets(small()), today=TODAY).lines[0].entry
    assert entry is not None
    early = replace(entry, exit_code=ExitCode.MOVED, closed_on=date(2025, 1, 1))
    with pytest.raises(rules.Misread):
        rules.check(early)
