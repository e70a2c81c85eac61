"""Close the time before these books: once, by two people, and never open it again."""

from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.periods import queries, rules, services
from diversion.fund.periods.models import Check, PeriodSnapshot
from diversion.fund.periods.outcome import TITLES, Asked, Outcome
from diversion.ledger import periods, standing
from diversion.ledger import services as books
from diversion.ledger.commands import PeriodState
from diversion.staff.models import Staff

HERE = "fund.early.show"


def asked(today: date, year_starts: int) -> Asked:
    return Asked(periods.early(), today, year_starts)


def run(of: Asked) -> list[Outcome]:
    """Return what must be in order: sums, proof, and a review of what was brought over."""
    off = [group for group, cents in standing.by_group(of.month.number).items() if cents]
    proof, signature = queries.proof_of(of.month), queries.signature_of(of.month)
    proved = proof is not None and not proof.exit_code
    last = of.month.last_entry
    return [
        Outcome(
            Check.BALANCED, len(off),
            _("Off by something: {groups}", groups=", ".join(off)) if off else
            _("What was brought over adds up to zero"), HERE,
        ),
        Outcome(
            Check.PROVED, int(not proved),
            _("Every entry up to {entry}", entry=proof.last_entry) if proved and proof else
            _("Not proved since the last entry, {entry}", entry=last), HERE,
        ),
        Outcome(
            Check.SIGNED, int(signature is None),
            _("Signed up to entry {entry}", entry=signature.last_entry) if signature else
            _("Somebody looks through the imports and the opening, and signs"), HERE,
        ),
    ]  # fmt: skip


def close(of: Asked, *, by: Staff, now: datetime) -> PeriodSnapshot:
    """Close and seal the time before the books. Raises WrongState, NotReady, SignedBySelf."""
    books.hold()
    of = Asked(periods.early(), of.today, of.year_starts)
    rules.check_state(of.month, PeriodState.OPEN)
    services.prove(by=by, now=now)
    outcomes = run(of)
    for outcome in outcomes:
        if not outcome.is_done:
            raise rules.NotReady(_(rules.NotReady.sentence.text, title=TITLES[outcome.check]))
    signature = queries.signature_of(of.month)
    if signature is None or signature.signed_by_id == by.id:
        raise rules.SignedBySelf
    made = services.seal(of, outcomes, by=by, now=now)
    periods.move(of.month.number, PeriodState.CLOSED, by=by.id,
                 approved_by=signature.signed_by_id, reason="imports done", now=now)  # fmt: skip
    record(Act.PERIOD_CLOSED, f"period:{of.month.name}", by=by, last_entry=made.last_entry,
           turn=made.turn, digest=made.digest)  # fmt: skip
    return made


def amount(of: Asked) -> Money:
    """Return what was brought over, as the debits of its entries."""
    return standing.debits_of(of.month.number)
