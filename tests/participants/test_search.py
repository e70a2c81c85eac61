"""People are found by name, sound, day, number and phone, inside one track and one's scope."""

import json
import time
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.audit.models import Act, AuditRow
from diversion.core.tracks import Track
from diversion.participants.assignments import services as assignments
from diversion.participants.assignments.models import BlockReason
from diversion.participants.identity import Identity, Phone
from diversion.participants.likeness import Likeness, known, likely_same
from diversion.participants.models import Participant, Status
from diversion.participants.search import Hit, TooShort, search
from diversion.staff.permissions import Role
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

COURT, SBAD = Track.COMMUNITY_COURT, Track.SBAD


def _found(text: str, track: Track = COURT) -> list[str]:
    by = make_staff(Role.COURT_COORDINATOR if track is COURT else Role.SBAD_COORDINATOR)
    return [hit.identity.shown for hit in search(track, text, by=by)]


def _rows(session: Session, act: Act) -> list[AuditRow]:
    for write in session.info.pop("last_acts").values():
        write()
    session.info["last_acts"] = {}
    return list(session.scalars(select(AuditRow).where(AuditRow.act == act)))


@pytest.fixture
def people(session: Session) -> list[Participant]:
    return [
        make_participant(
            COURT, "María José", "Núñez-Ochoa", birth_date=date(1990, 3, 14),
            case_numbers=("24 CR-10001",), phones=(Phone.parse("503-555-0142", may_text=True),),
        ),
        make_participant(COURT, "Catherine", "Smyth", preferred="Kit", aliases=("Cat Winter",)),
        make_participant(COURT, "Søren", "O’Brien", birth_date=date(2001, 12, 1)),
        make_participant(SBAD, "Maria", "Nunez", birth_date=date(1990, 3, 14)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["nunez", "NUÑEZ", "maria nunez", "Ochoa María", "nuñez-ochoa", "ochoa", "nunes ochoa",
     "3/14/1990", "03-14-90", "1990-03-14", "19900314", "03141990", "March 14, 1990",
     "14 Mar 1990", "14/3/1990", "24CR10001", "24 cr 10001", "0142", "503-555-0142",
     "(503) 555-0142", "+1 503 555 0142"],
)  # fmt: skip
def test_one_person_is_found_in_many_ways(people: list[Participant], typed: str) -> None:
    assert _found(typed) == ["María José Núñez-Ochoa"]


@pytest.mark.parametrize("typed", ["kit smyth", "smith", "Katherine Smith", "winter", "cath"])
def test_a_preferred_name_an_alias_a_sound_and_a_part_are_enough(
    people: list[Participant], typed: str
) -> None:
    assert _found(typed) == ["Kit Smyth"]


@pytest.mark.parametrize("typed", ["obrien", "O'Brien", "soren", "SØREN O'BRIEN", "12/1/2001"])
def test_signs_and_letters_of_other_tongues_do_not_matter(
    people: list[Participant], typed: str
) -> None:
    assert _found(typed) == ["Søren O’Brien"]


def test_a_public_number_finds_its_person_and_only_on_the_own_side(
    people: list[Participant],
) -> None:
    assert _found(people[0].number) == ["María José Núñez-Ochoa"]
    assert _found(people[3].number) == []
    assert _found(people[3].number, SBAD) == ["Maria Nunez"]


def test_no_search_sees_over_the_wall_az_05(people: list[Participant]) -> None:
    assert _found("nunez", SBAD) == ["Maria Nunez"]
    assert search(SBAD, "nunez", by=make_staff(Role.COURT_COORDINATOR)) == []


def test_who_is_not_in_scope_is_not_found(people: list[Participant]) -> None:
    assert search(COURT, "nunez", by=make_staff(Role.MENTOR)) == []
    rosa = make_staff(Role.COURT_COORDINATOR)
    assignments.block(rosa, people[0], reason=BlockReason.CONFLICT, by=rosa)
    assert search(COURT, "nunez", by=rosa) == []
    people[1].status = Status.SEALED
    assert search(COURT, "smyth", by=rosa) == []


@pytest.mark.parametrize("typed", ["", "  ", "nu", " n "])
def test_a_search_needs_three_characters_wb_14(session: Session, typed: str) -> None:
    with pytest.raises(TooShort):
        search(COURT, typed, by=make_staff(Role.COURT_COORDINATOR))


def test_at_most_25_are_shown_however_many_are_asked_for_wb_14(session: Session) -> None:
    for each in range(30):
        make_participant(SBAD, last=f"Quill{each:02}")
    hits = search(SBAD, "quill", by=make_staff(Role.SBAD_COORDINATOR), limit=10**9)
    assert [hit.identity.last for hit in hits] == [f"Quill{each:02}" for each in range(25)]
    row = _rows(session, Act.SEARCHED)[0]
    assert set(json.loads(row.objects)) == {f"participant:{hit.number}" for hit in hits}
    assert json.loads(row.facts)["found"] == 30


def test_the_log_knows_that_the_same_was_asked_and_not_what_ad_06(
    session: Session, people: list[Participant]
) -> None:
    for typed in ("Nunez", " NÚÑEZ ", "smyth"):
        _found(typed)
    codes = [json.loads(row.facts)["query"] for row in _rows(session, Act.SEARCHED)]
    assert codes[0] == codes[1] != codes[2]
    assert "nunez" not in str(codes).lower()


def test_the_best_reason_comes_first(session: Session) -> None:
    for first, last in (("Ann", "Hailey"), ("Ann", "Hale"), ("Ann", "Halestrom")):
        make_participant(COURT, first, last)
    assert _found("hale") == ["Ann Hale", "Ann Halestrom", "Ann Hailey"]


def _of(**parts: Any) -> Identity:
    return Identity(**{"first": "María José", "last": "Núñez-Ochoa", **parts})


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (_of(first="MARIA JOSE", last="nunez ochoa", birth_date=date(1990, 3, 14)),
         Likeness.NAME_AND_BIRTH_DATE),
        (_of(first="Mariah", last="Nunes Ochoa", birth_date=date(1990, 3, 14)),
         Likeness.SOUND_AND_BIRTH_DATE),
        (_of(first="X", last="Y", case_numbers=("24cr10001",)), Likeness.CASE_NUMBER),
        (_of(first="X", last="Y", phones=(Phone("+15035550142"),)), Likeness.PHONE),
        (_of(first="María Posé", birth_date=date(1990, 3, 14)), Likeness.SOUND_AND_BIRTH_DATE),
        (_of(last="Núñez-Ocha", birth_date=date(1990, 3, 14)), Likeness.SOUND_AND_BIRTH_DATE),
        (_of(first="María Posé", last="Gúñez", birth_date=date(1990, 3, 14)), None),
        (_of(birth_date=date(1990, 3, 15)), None),
        (_of(first="Rowan", last="Ash", birth_date=date(1990, 3, 14)), None),
    ],
)  # fmt: skip
def test_a_likely_duplicate_is_noticed(
    people: list[Participant], other: Identity, likeness: Likeness | None
) -> None:
    expected = {} if likeness is None else {people[0].id: likeness}
    assert known(COURT).like(other) == expected
    assert likely_same(COURT, other) == ([people[0]] if expected else [])
    assert people[0] not in likely_same(SBAD, other)


def test_somebody_registered_meanwhile_counts_too(session: Session) -> None:
    rest = known(COURT)
    one = make_participant(COURT, birth_date=date(1980, 1, 2))
    same = Identity("Juniper", "Hale", birth_date=date(1980, 1, 2))
    assert rest.like(same) == {}
    rest.add(one.id, same)
    assert rest.like(same) == {one.id: Likeness.NAME_AND_BIRTH_DATE}


@pytest.mark.soak
def test_a_search_through_twenty_thousand_people_takes_less_than_a_second(
    session: Session,
) -> None:
    rosa = make_staff(Role.SBAD_COORDINATOR)
    for each in range(20_000):
        make_participant(SBAD, f"First{each}", f"Last{each % 997}", by=rosa)
    started = time.process_time()
    hits: list[Hit] = search(SBAD, "last996", by=rosa)
    took = time.process_time() - started
    assert len(hits) == 20
    assert took < 1, took
