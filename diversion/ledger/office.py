"""Say whether small-office mode is on, since when, and switch it.

In a small office whoever took money may bring it to the bank. Nothing else is relaxed.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select, text

from diversion.audit.models import Act
from diversion.audit.services import Actor, record
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.words import _
from diversion.ledger import facts
from diversion.ledger.models import OfficeSwitch
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding

Span = tuple[date, date | None]
# Each finds nothing where the mode was switched in order, else the switch that was not.
TIES = (
    # on and off in turn, without a number missing, never for entries that there were already
    """SELECT s.id FROM office_switch s LEFT JOIN office_switch b ON b.id = s.id - 1
    WHERE s.is_on = coalesce(b.is_on, false) OR s.after_entry < coalesce(b.after_entry, 0)
    OR (s.id > 1 AND b.id IS NULL) OR s.after_entry > (SELECT seq FROM chain_head)""",
    # the log has each switch, and none that is not there
    """SELECT s.id FROM office_switch s WHERE (SELECT count(*) FROM audit_row a
    JOIN audit_object o ON o.seq = a.seq WHERE a.act = 'office_switched'
    AND a.actor = s.actor AND o.object = 'office:' || s.id || (CASE WHEN s.is_on
    THEN '-on-' ELSE '-off-' END) || s.after_entry) <> 1
    UNION SELECT n FROM (SELECT count(*) AS n FROM audit_row WHERE act = 'office_switched') AS told
    WHERE n <> (SELECT count(*) FROM office_switch)""",
)


class SoAlready(Refused):
    """Somebody was faster."""

    sentence = _("Somebody switched this already. Look at it again.")


class WhyMissing(Invalid):
    """A switch says why."""

    sentence = _("Say why.")
    field = "reason"


def switches() -> Sequence[OfficeSwitch]:
    """Return how the mode was switched, the oldest first."""
    return db.session.scalars(select(OfficeSwitch).order_by(OfficeSwitch.id)).all()


def spans(made: Sequence[OfficeSwitch]) -> list[Span]:
    """Return from when to when the mode was on, by the court's days; None: it still is."""
    on = [each.switched_on for each in made if each.is_on]
    off: list[date | None] = [each.switched_on for each in made if not each.is_on]
    return list(zip(on, [*off, None], strict=False))


def switch(reason: str, *, wanted: bool, by: Actor, on: date, now: datetime) -> OfficeSwitch:
    """Switch the mode for the entries that follow. Raises WhyMissing, SoAlready."""
    head = facts.lock_head()
    if not reason:
        raise WhyMissing
    if facts.is_small_office() is wanted:
        raise SoAlready
    last = db.session.scalar(select(func.coalesce(func.max(OfficeSwitch.id), 0))) or 0
    made = OfficeSwitch(
        id=last + 1, is_on=wanted, after_entry=head.seq, reason=reason, actor=by.id,
        switched_on=on, switched_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    named = f"office:{made.id}-{'on' if wanted else 'off'}-{made.after_entry}"
    record(Act.OFFICE_SWITCHED, named, by=by)
    return made


def findings() -> list[Finding]:
    """Return the switches that are not what was switched."""
    rows = (row for query in TIES for row in db.session.execute(text(query)))
    return [Finding(Fault.OFFICE, int(row[0])) for row in rows]
