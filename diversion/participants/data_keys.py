"""Seal and open what belongs to one person, under that person's data key."""

from sqlalchemy import select

from diversion.core import envelopes, keys
from diversion.core.database import db
from diversion.core.envelopes import Opener, Place
from diversion.core.keys import Key
from diversion.core.tracks import Track
from diversion.participants.identity import Identity
from diversion.participants.models import DataKey, Participant


def new_data_key(participant: Participant) -> Key:
    """Make the person's key and keep it wrapped by the key of the compartment."""
    outer = keys.compartment(participant.track)
    secret = keys.new_secret()
    db.session.add(
        DataKey(
            participant_id=participant.id,
            track=participant.track,
            key_id=outer.id,
            wrapped=keys.wrap(outer.secret, secret),
        )
    )
    return Key(participant.id, secret)


def data_key(participant: Participant) -> Key:
    """Return the person's key. Raises KeysMissing once it is destroyed."""
    row = db.session.execute(
        select(DataKey.key_id, DataKey.wrapped).where(
            DataKey.participant_id == participant.id, DataKey.track == participant.track
        )
    ).one_or_none()
    if row is None:
        raise keys.KeysMissing
    return Key(participant.id, keys.unwrap(keys.numbered(row.key_id).secret, row.wrapped))


def seal_identity(key: Key, track: Track, identity: Identity) -> bytes:
    return envelopes.seal(key, _envelope(track, key.id), identity.to_json())


def opener(track: Track) -> Opener:
    """Return what opens the envelopes of one side: who each is, as `Identity.to_json` wrote it.

    It takes the person's id, their data key and what is sealed, and raises Tampered.
    """
    return envelopes.opener(track.value, "envelope", "sealed")


def _envelope(track: Track, participant_id: int) -> Place:
    return Place(track.value, "envelope", "sealed", participant_id)
