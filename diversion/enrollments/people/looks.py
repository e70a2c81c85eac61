"""Say in plain words who looked at a person's record: one line a look, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diversion.audit.models import Act
from diversion.audit.queries import looks_at
from diversion.audit.services import record
from diversion.core.words import Sentence, _
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.staff.queries import names_of

MOST = 100
WORDS: dict[str, Sentence] = {
    Act.FILE_OPENED: _("Opened the record"),
    Act.NAMES_SHOWN: _("Saw the name in a list"),
    Act.SEARCHED: _("Found in a search"),
    Act.PARTICIPANT_REGISTERED: _("Made the record"),
    Act.PARTICIPANT_AMENDED: _("Corrected the record"),
    Act.DUPLICATE_DECIDED: _("Compared it with another record"),
    Act.LOG_READ: _("Asked who looked"),
    Act.ASSIGNMENT_MADE: _("Gave somebody the record"),
    Act.ASSIGNMENT_ENDED: _("Took the record back from somebody"),
    Act.BLOCK_PLACED: _("Kept the record from somebody"),
    Act.BLOCK_LIFTED: _("Lifted a block"),
    Act.REFERRAL_RECEIVED: _("Took in a referral"),
}


@dataclass(frozen=True)
class Look:
    """One line: when, who, in which role, what."""

    at: datetime
    who: str
    roles: str
    what: Sentence | str


def looks(participant: Participant, *, by: Staff) -> Sequence[Look]:
    """Return who looked, and let the log say that this was asked. Inside `with reading():`."""
    found = looks_at(participant.number, limit=MOST)
    about = f"participant:{participant.number}"
    record(Act.LOG_READ, about, by=by, track=participant.track)
    names = names_of({line.actor for line in found if line.actor is not None})
    return [_look(line, names) for line in found]


def _look(line: Any, names: dict[int, str]) -> Look:
    spelled = line.act.replace("_", " ").capitalize()
    roles = ", ".join(_role(each) for each in line.roles)
    return Look(line.at, names.get(line.actor, ""), roles, WORDS.get(line.act, spelled))


def _role(code: str) -> str:
    return code.replace("_", " ") if code in set(Role) else ""
