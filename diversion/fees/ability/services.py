"""Write down what a person says about being able to pay."""

from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.handles import new_handle
from diversion.fees.ability import queries
from diversion.fees.ability.models import AbilityWorksheet, Proof
from diversion.fees.ability.rules import Facts
from diversion.participants import texts
from diversion.participants.models import Participant
from diversion.staff.models import Staff

PLACE = ("ability_worksheet", "note")


def write_down(
    participant: Participant, facts: Facts, *, proof: Proof, note: str = "", key: str, by: Staff,
    on: date, now: datetime,
) -> AbilityWorksheet:  # fmt: skip
    """Keep a worksheet; what was said in words is sealed. The key counts once."""
    asked = {**vars(facts), "proof": proof, "note": note, "who": participant.number}
    earlier = once.claim(key, once.request_hash("worksheet", asked))
    if earlier is not None:
        return queries.worksheet(earlier)
    handle = new_handle()
    made = AbilityWorksheet(
        handle=handle, participant_id=participant.id, track=participant.track,
        household=facts.household, income=facts.income, expenses=facts.expenses,
        benefit=facts.benefit, appointed_counsel=facts.appointed_counsel, proof=proof,
        note=texts.seal(participant, *PLACE, handle, note) if note else None,
        stated_on=on, made_at=now, made_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    once.settle(key, handle)
    record(Act.ABILITY_STATED, f"worksheet:{handle}", f"participant:{participant.number}", by=by)
    return made


def note_of(worksheet: AbilityWorksheet, participant: Participant) -> str:
    """Open what was said in words."""
    if worksheet.note is None:
        return ""
    return texts.open_text(participant, *PLACE, worksheet.handle, worksheet.note)
