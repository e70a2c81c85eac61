"""Ask the fund for a person's sake: finance gets a code, and the person stays here."""

from dataclasses import asdict
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.community_court.help.models import HelpVoucher
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.fund.awards.models import Award
from diversion.fund.orders.kinds import PayeeKind
from diversion.fund.vouchers import queries
from diversion.fund.vouchers import services as vouchers
from diversion.fund.vouchers.models import Voucher
from diversion.fund.vouchers.services import Bill
from diversion.participants.models import Participant
from diversion.staff.models import Staff


class NotForPeople(Invalid):
    """Money for organizations is asked for in the fund."""

    sentence = _("Choose an award that is for direct help.")
    field = "award"


def ask(
    person: Participant, award: Award, bill: Bill, *, key: str, by: Staff, on: date, now: datetime
) -> Voucher:
    """Ask for a voucher and keep whom its code stands for. Raises NotForPeople, Overspent."""
    if award.payee_kind is not PayeeKind.VICTIM:
        raise NotForPeople
    asked = {"person": person.id, "award": award.id, **asdict(bill), "by": by.id}
    earlier = once.claim(key, once.request_hash("help", asked))
    if earlier is not None:
        return queries.voucher(earlier)
    made = vouchers.request(award, bill, key=f"help:{key}", by=by, on=on, now=now)
    db.session.add(
        HelpVoucher(code=made.code, participant_id=person.id, noted_by_id=by.id, noted_at=now)
    )
    db.session.flush()
    record(Act.HELP_ASKED, f"participant:{person.number}", by=by, track=person.track)
    once.settle(key, made.number)
    return made
