"""Say to whom the state's fee is sent on from a day on."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.fees.remittees import queries, rules
from diversion.fees.remittees.models import Remittee, StateSplit, StateSplitPart
from diversion.fees.remittees.rules import Share
from diversion.ledger import services as books
from diversion.staff.models import Staff


def put_in_force(
    shares: Sequence[Share], *, key: str, by: Staff, on: date, today: date, now: datetime
) -> StateSplit:
    """Let the state's fee be split so from `on`; the key counts once.

    Raises HalfAShare, TwiceNamed, NotAHundred, NotThatDay.
    """
    earlier = once.claim(key, once.request_hash("split", {"shares": list(shares), "on": on}))
    if earlier is not None:
        return db.session.scalars(select(StateSplit).where(StateSplit.handle == earlier)).one()
    books.hold()
    rules.check(shares, on, today, taken=queries.begins_on(on))
    made = StateSplit(in_force_on=on, made_by_id=by.id, made_at=now)
    made.parts = [
        StateSplitPart(remittee=_named(each.name, by, now), percent=each.percent) for each in shares
    ]
    db.session.add(made)
    db.session.flush()
    once.settle(key, made.handle)
    record(Act.STATE_SPLIT_MADE, f"split:{made.handle}", by=by, parts=len(shares))
    return made


def _named(name: str, by: Staff, now: datetime) -> Remittee:
    """Return the remittee of a name, added where it is new."""
    folded = {each.name.casefold(): each for each in queries.all_of_them()}
    return folded.get(name.casefold()) or Remittee(name=name, added_by_id=by.id, added_at=now)
