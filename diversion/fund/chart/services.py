"""Switch accounts of the chart on and off."""

from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.fees.schedules.queries import collects_state_fee
from diversion.fund.chart import queries, rules
from diversion.fund.chart.models import AccountSwitch, Use
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.models import AccountRow
from diversion.staff.models import Staff


def switch(
    use: Use, reason: str, *, wanted: bool, by: Staff, on: date, now: datetime
) -> AccountSwitch:
    """Let entries touch the accounts of a use, or no longer.

    Raises WhyMissing, SoAlready, StillHeld, Collected.
    """
    books.hold()
    if not reason:
        raise rules.WhyMissing
    codes = rules.ACCOUNTS[use]
    held = {code: ledger.balance(code) for code in codes}
    collected = use is Use.STATE_FEE and collects_state_fee(on)
    rules.check(held, is_on=queries.is_on(use), wanted=wanted, collected=collected)
    for row in db.session.scalars(select(AccountRow).where(AccountRow.code.in_(codes))):
        row.active = wanted
    made = AccountSwitch(
        use=use, is_on=wanted, reason=reason, switched_by_id=by.id, switched_at=now
    )
    db.session.add(made)
    db.session.flush()
    record(Act.ACCOUNT_SWITCHED, *(f"account:{code}" for code in codes), by=by, use=use.value,
           on=int(wanted))  # fmt: skip
    return made
