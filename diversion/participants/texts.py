"""Seal and open free text about a person, under that person's data key.

Free text is off by default; where a county turns it on, it can be discoverable.
"""

from diversion.core import envelopes
from diversion.core.envelopes import Place
from diversion.participants import data_keys
from diversion.participants.models import Participant


def seal(participant: Participant, table: str, column: str, row_id: int | str, text: str) -> bytes:
    """Return `text` sealed for one column of one row."""
    place = Place(participant.track.value, table, column, row_id)
    return envelopes.seal(data_keys.data_key(participant), place, text.encode())


def open_text(
    participant: Participant, table: str, column: str, row_id: int | str, sealed: bytes
) -> str:
    """Return the text that was sealed for this place. Raises Tampered, or KeysMissing."""
    place = Place(participant.track.value, table, column, row_id)
    return envelopes.open_sealed(data_keys.data_key(participant), place, sealed).decode()
