"""Register a person and correct what is known about them."""

from datetime import date

from sqlalchemy import delete, update

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Invalid
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.participants import data_keys
from diversion.participants.identity import Identity
from diversion.participants.models import DataKey, Envelope, Participant, Status
from diversion.participants.numbers import next_number
from diversion.staff.models import Staff


class NoName(Invalid):
    """A record is kept under a name, so that the person can be found again."""

    sentence = _("Write at least a last name.")
    field = "last"


def register(
    track: Track, identity: Identity, *, language: str, by: Staff, on: date
) -> Participant:
    """Make a person's record on one side of the wall, with the next public number."""
    _check(identity)
    participant = Participant(
        number=next_number(on.year), track=track, language=language, registered_on=on
    )
    db.session.add(participant)
    db.session.flush()
    key = data_keys.new_data_key(participant)
    db.session.add(
        Envelope(
            participant_id=participant.id,
            track=track,
            sealed=data_keys.seal_identity(key, track, identity),
            sealed_at=clock.now(),
        )
    )
    db.session.flush()
    record(Act.PARTICIPANT_REGISTERED, f"participant:{participant.number}", by=by, track=track)
    return participant


def amend(participant: Participant, identity: Identity, *, by: Staff) -> None:
    """Correct who the person is. The log says that it was corrected, and never what."""
    _check(identity)
    key = data_keys.data_key(participant)
    db.session.execute(
        update(Envelope)
        .where(
            Envelope.participant_id == participant.id,
            Envelope.track == participant.track,
        )
        .values(
            sealed=data_keys.seal_identity(key, participant.track, identity), sealed_at=clock.now()
        )
    )
    record(
        Act.PARTICIPANT_AMENDED,
        f"participant:{participant.number}",
        by=by,
        track=participant.track,
    )


def take_back(participant: Participant, *, by: Staff) -> None:
    """Undo a registration that was a mistake, such as an import: nobody finds the person again.

    The key of the record is destroyed and with it whatever was sealed; the number stays.
    """
    for table in (Envelope, DataKey):
        db.session.execute(
            delete(table).where(
                table.participant_id == participant.id, table.track == participant.track
            )
        )
    participant.status = Status.SHREDDED
    db.session.flush()
    record(
        Act.PARTICIPANT_TAKEN_BACK,
        f"participant:{participant.number}",
        by=by,
        track=participant.track,
    )


def _check(identity: Identity) -> None:
    if not identity.last.strip():
        raise NoName
