"""A person is registered under one number and kept in an envelope that fits nobody else."""

import json
from datetime import date
from threading import Barrier, Thread

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from diversion.audit.models import Act
from diversion.core.database import db, transaction
from diversion.core.envelopes import Tampered
from diversion.core.keys import KeysMissing
from diversion.core.tracks import Track, is_public_number
from diversion.participants import access, services, texts
from diversion.participants.identity import Address, Identity, NotAPhone, Phone
from diversion.participants.models import Envelope, Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

COURT, SBAD = Track.COMMUNITY_COURT, Track.SBAD

TEXTS = st.text(max_size=20)
IDENTITIES = st.builds(
    Identity,
    first=TEXTS, last=TEXTS, middle=TEXTS, preferred=TEXTS,
    aliases=st.lists(TEXTS, max_size=2).map(tuple),
    birth_date=st.none() | st.dates(),
    phones=st.lists(st.builds(Phone, TEXTS, st.booleans(), st.booleans()), max_size=2).map(tuple),
    emails=st.lists(TEXTS, max_size=2).map(tuple),
    addresses=st.lists(
        st.builds(Address, st.lists(TEXTS, max_size=2).map(tuple), st.booleans()), max_size=2
    ).map(tuple),
    case_numbers=st.lists(TEXTS, max_size=2).map(tuple),
    police_numbers=st.lists(TEXTS, max_size=2).map(tuple),
)  # fmt: skip


@given(IDENTITIES)
def test_an_identity_comes_out_as_it_went_in(identity: Identity) -> None:
    assert Identity.from_held(json.loads(identity.to_json())) == identity


def test_a_name_is_shown_as_the_person_wants_it() -> None:
    plain = Identity("Juniper", "Hale", middle="Ann", aliases=("June Winter",))
    assert (plain.shown, plain.short) == ("Juniper Hale", "Juniper H.")
    called = plain.with_changes(preferred="Juno")
    assert (called.shown, called.short) == ("Juno Hale", "Juno H.")
    assert called.names == ("Juniper Ann Hale", "Juno Hale", "June Winter")
    assert Identity("", "Hale").short == "Hale"  # nobody is found by an initial


@pytest.mark.parametrize("typed", ["503-555-0142", "(503) 555 0142", "+1 503 555 0142"])
def test_a_phone_is_kept_in_one_shape(typed: str) -> None:
    phone = Phone.parse(typed, may_text=True)
    assert (phone.e164, phone.may_text, phone.voicemail) == ("+15035550142", True, False)


@pytest.mark.parametrize("typed", ["", "none", "123", "503-555-01421111"])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhone):
        Phone.parse(typed)


def test_both_sides_draw_from_one_sequence(session: Session) -> None:
    people = [make_participant(track) for track in (COURT, SBAD, COURT)]
    places = [int(person.number.split("-")[1]) for person in people]
    assert places == [1, 2, 3]
    assert all(is_public_number(person.number) for person in people)
    assert make_participant(SBAD, on=date(2027, 1, 4)).number.startswith("27-0001-")


def test_a_record_needs_a_name(session: Session) -> None:
    with pytest.raises(services.NoName):
        make_participant(COURT, last="  ")


def test_numbers_are_unique_however_many_register_at_once(app: Flask) -> None:
    with app.app_context(), transaction():
        clerks = [make_staff(Role.SBAD_COORDINATOR).id for _each in range(4)]
    barrier, failed = Barrier(len(clerks)), []

    def register(clerk: int) -> None:
        with app.app_context():
            barrier.wait()
            for each in range(5):
                try:
                    with transaction():
                        by = db.session.get_one(Staff, clerk)
                        make_participant(SBAD, first=f"N{each}", by=by)
                except Exception as error:
                    failed.append(error)
            db.session.remove()

    threads = [Thread(target=register, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        numbers = db.session.scalars(
            select(Participant.number).where(Participant.track == SBAD)
        ).all()
    assert failed == []
    assert sorted(int(number.split("-")[1]) for number in numbers) == list(range(1, 21))


def test_a_correction_replaces_the_envelope(session: Session) -> None:
    rosa = make_staff(Role.COURT_COORDINATOR)
    person = make_participant(COURT, "Juniper", "Hale")
    services.amend(person, Identity("Juniper", "Hart"), by=rosa)
    opened = access.open_file(person.number, COURT, by=rosa, why=Act.FILE_OPENED)
    assert opened.identity == Identity("Juniper", "Hart")
    with pytest.raises(services.NoName):
        services.amend(person, Identity("Juniper", ""), by=rosa)


def _swap(session: Session, column: str, table: str, one: Participant, other: Participant) -> None:
    query = text(f"SELECT {column} FROM {table} WHERE participant_id = :id")
    held = [session.scalar(query, {"id": person.id}) for person in (one, other)]
    change = text(f"UPDATE {table} SET {column} = :held WHERE participant_id = :id")
    session.execute(change, {"held": held[1], "id": one.id})
    session.execute(change, {"held": held[0], "id": other.id})


def test_an_envelope_put_into_another_record_does_not_open_co_03(session: Session) -> None:
    rosa = make_staff(Role.COURT_COORDINATOR)
    one, other = make_participant(COURT), make_participant(COURT, "Rowan", "Ash")
    _swap(session, "sealed", "envelope", one, other)
    with pytest.raises(Tampered):
        access.open_file(one.number, COURT, by=rosa, why=Act.FILE_OPENED)
    _swap(session, "wrapped", "data_key", one, other)  # with its key it does not open either
    with pytest.raises(Tampered):
        access.open_file(one.number, COURT, by=rosa, why=Act.FILE_OPENED)


def test_a_key_moved_over_the_wall_opens_nothing_co_03(session: Session) -> None:
    rosa = make_staff(Role.COURT_COORDINATOR)
    one, buyer = make_participant(COURT), make_participant(SBAD)
    _swap(session, "wrapped", "data_key", one, buyer)
    with pytest.raises(KeysMissing):
        access.open_file(one.number, COURT, by=rosa, why=Act.FILE_OPENED)


def test_a_text_opens_in_its_place_under_its_person_only_co_03(session: Session) -> None:
    one, other = make_participant(COURT), make_participant(COURT)
    sealed = texts.seal(one, "contact", "note", 5, "Called back.")
    assert b"Called" not in sealed
    assert texts.open_text(one, "contact", "note", 5, sealed) == "Called back."
    for person, table, column, row in (
        (other, "contact", "note", 5), (one, "outcome", "note", 5),
        (one, "contact", "text", 5), (one, "contact", "note", 6),
    ):  # fmt: skip
        with pytest.raises(Tampered):
            texts.open_text(person, table, column, row, sealed)


def test_without_its_data_key_a_record_is_gone(session: Session) -> None:
    rosa, one = make_staff(Role.COURT_COORDINATOR), make_participant(COURT)
    session.execute(text("DELETE FROM data_key"))
    assert access.open_names([one.id], COURT, by=rosa, why=Act.NAMES_SHOWN) == {}
    with pytest.raises(KeysMissing):
        texts.seal(one, "contact", "note", 5, "x")
    assert session.scalar(select(Envelope.participant_id).where(Envelope.track == COURT)) == one.id
