"""Fetch what is sealed about people, for the doors that open it."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from diversion.core import keys
from diversion.core.database import db, tuples
from diversion.core.tracks import Track
from diversion.participants import data_keys
from diversion.participants.identity import Identity
from diversion.participants.models import DataKey, Envelope, Participant, Status

Sealed = Select[int, str, int, bytes, bytes]
Held = tuple[int, str, Mapping[str, Any]]
# What is sealed is one JSON object and nothing around it.
_read = json.JSONDecoder().raw_decode


@dataclass(frozen=True)
class Person:
    """A person whose envelope was opened."""

    id: int
    number: str
    held: Mapping[str, Any]

    @cached_property
    def identity(self) -> Identity:
        return Identity.from_held(self.held)


def opened(track: Track, ids: Select[int]) -> Iterator[Person]:
    """Open the envelopes of the people among `ids`, with one statement."""
    return opened_by(sealed_of(track, ids), track)


def sealed_of(track: Track, ids: Select[int]) -> Sealed:
    """Return the statement that fetches what is sealed about the people among `ids`."""
    return (
        select(Participant.id, Participant.number, DataKey.key_id, DataKey.wrapped, Envelope.sealed)
        .join(DataKey, _same_person(DataKey))
        .join(Envelope, _same_person(Envelope))
        .where(Participant.track == track, Participant.id.in_(ids))
    )


def file_of(one: Select[Participant]) -> Select[Participant, int, bytes, bytes]:
    """Return the statement that fetches what is sealed about one person beside their row."""
    return (
        one.add_columns(DataKey.key_id, DataKey.wrapped, Envelope.sealed)
        .join(DataKey, _same_person(DataKey))
        .join(Envelope, _same_person(Envelope))
    )


def held_in(person: Participant, key_id: int, wrapped: bytes, sealed: bytes) -> Mapping[str, Any]:
    """Open what a statement of `file_of` fetched."""
    secret = keys.unwrap(keys.numbered(key_id).secret, wrapped)
    plain = data_keys.opener(person.track)(person.id, secret, sealed)
    held: Mapping[str, Any] = _read(plain.decode())[0]
    return held


def opened_by(query: Sealed, track: Track, **values: object) -> Iterator[Person]:
    """Open what a statement of `sealed_of` fetches; `values` are those it still waits for."""
    return (Person(*found) for found in held_by(query, track, **values))


def held_by(query: Sealed, track: Track, **values: object) -> Iterator[Held]:
    """Open the same as plain parts, for whoever looks through many and shows few."""
    outer: dict[int, bytes] = {}
    open_one = data_keys.opener(track)
    for person_id, number, key_id, wrapped, sealed in tuples(query, values):
        if key_id not in outer:
            outer[key_id] = keys.numbered(key_id).secret
        plain = open_one(person_id, keys.unwrap(outer[key_id], wrapped), sealed)
        yield person_id, number, _read(plain.decode())[0]


def with_id(participant_id: int, track: Track) -> Participant:
    """Return the person to whom a row of one side belongs, found through that row's scope."""
    return db.session.scalars(
        select(Participant).where(Participant.id == participant_id, Participant.track == track)
    ).one()


def with_number(number: str, track: Track) -> int | None:
    """Return the key of whoever has a public number on one side."""
    query = select(Participant.id).where(Participant.number == number, Participant.track == track)
    return db.session.scalar(query)


def of_track(track: Track) -> Select[int]:
    """Return the ids of everybody on one side whose record is open."""
    return select(Participant.id).where(
        Participant.track == track, Participant.status == Status.ACTIVE
    )


def numbers_of(track: Track, ids: Collection[int]) -> dict[int, str]:
    """Return the public numbers of those among `ids` who stand on one side."""
    query = select(Participant.id, Participant.number)
    query = query.where(Participant.track == track, Participant.id.in_(ids))
    return {row.id: row.number for row in db.session.execute(query)}


def _same_person(table: type[DataKey] | type[Envelope]) -> ColumnElement[bool]:
    return and_(table.participant_id == Participant.id, table.track == Participant.track)
