"""Check the books of a month: numbers, balances, proof, review, and the end of a year."""

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.corrections.rules import year_end as year_end_of
from diversion.fund.periods import queries
from diversion.fund.periods.models import Check
from diversion.fund.periods.outcome import Asked, Outcome, days
from diversion.fund.weekly import services as weekly
from diversion.ledger import exceptions as unusual
from diversion.ledger import extracts, periods, receipts, standing
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import DEFERRED, RECEIVABLE, Group


def numbers(asked: Asked) -> Outcome:
    gaps = receipts.gaps()
    given = extracts.series(asked.range)
    words = _("No receipt was given")
    if gaps:
        words = _("{series} lacks {count}", series=gaps[0][0], count=gaps[0][2] - gaps[0][1])
    elif given:
        prefix, count, low, high = given[-1]
        words = _("{prefix}{low} to {high} · {count} numbers", prefix=prefix, low=f"{low:06d}",
                  high=f"{high:06d}", count=count)  # fmt: skip
    return Outcome(Check.NUMBERS, len(gaps), words, "fees.receipts.show_all")


def balanced(asked: Asked) -> Outcome:
    sums: dict[Group, int] = {}
    mirror = 0
    for line in ledger.trial_balance(asked.month.first, asked.month.last):
        sums[line.account.group] = sums.get(line.account.group, 0) + line.closing.cents
        if line.account.code in (RECEIVABLE, DEFERRED):
            mirror += line.closing.cents
    told = " · ".join(f"{group} {Money(cents).plain()}" for group, cents in sorted(sums.items()))
    wrong = sum(bool(cents) for cents in sums.values()) + bool(mirror)
    words = _("{told} · owed and not yet earned agree", told=told) if told else _("No entries")
    off = _("{told} · owed and not yet earned differ by {off}", told=told, off=Money(mirror))
    return Outcome(
        Check.BALANCED, wrong, off if mirror else words, "fund.statements.show",
        {"name": "trial-balance", **days(asked)},
    )  # fmt: skip


def proved(asked: Asked) -> Outcome:
    proof = queries.proof_of(asked.month)
    words = _("Not proved since the last entry, {entry}", entry=asked.month.last_entry)
    if proof is not None and proof.exit_code:
        words = _("Damage was found: see diversion verify, code {code}", code=proof.exit_code)
    elif proof is not None:
        words = _("Every entry up to {entry}", entry=proof.last_entry)
    done = proof is not None and not proof.exit_code
    here = {"month": asked.month.name, "_anchor": "steps"}
    return Outcome(Check.PROVED, 0 if done else 1, words, "fund.periods.show", here)


def signed(asked: Asked) -> Outcome:
    month = asked.month
    signature = queries.signature_of(month)
    count = len(unusual.exceptions(month.number))
    left = weekly.unsigned_of(month.number, month.first, month.last) if asked.weekly else []
    if left:
        words = _("Exceptions that nobody signed in their week: {count}", count=len(left))
        return Outcome(Check.SIGNED, len(left), words, "fund.weekly.start")
    words = _("Exceptions: {count}, signed up to entry {entry}", count=count,
              entry=signature.last_entry if signature else 0)  # fmt: skip
    to_sign = _("Exceptions to look through: {count}", count=count)
    return Outcome(
        Check.SIGNED, 0 if signature else 1, words if signature else to_sign,
        "fund.reviews.show", {"month": month.name},
    )  # fmt: skip


def weeks(asked: Asked) -> Outcome | None:
    """Small-office mode has every week of it signed that ends in the month."""
    of_the_mode = weekly.of_the_mode(asked.month.first, asked.month.last)
    if not of_the_mode:
        return None
    left = [week for week in of_the_mode if not week.is_signed]
    words = _("Weeks that a second person signed: {count}", count=len(of_the_mode))
    to_sign = _("Weeks that wait for a second person: {count}", count=len(left))
    here = {"week": (left or of_the_mode)[0].monday.isoformat()}
    return Outcome(Check.WEEKS, len(left), to_sign if left else words, "fund.weekly.show", here)


def year_end(asked: Asked) -> Outcome | None:
    if not asked.ends_the_year:
        return None
    entry = unusual.year_end_on(asked.month.last)
    to_close = entry or year_end_of(standing.on(asked.month.last), lapses=False)
    words = _("Entry {entry}", entry=entry) if entry else _("It closes income and spending")
    nothing = _("Nothing was taken in or spent")
    return Outcome(
        Check.YEAR_END, int(bool(to_close) and not entry), words if to_close else nothing,
        "fund.askings.year_end",
        {"month": asked.month.name},
    )  # fmt: skip


def before(asked: Asked) -> Outcome | None:
    """What is brought over later, though nothing was yet, would count for a locked year."""
    early = periods.early()
    if not asked.ends_the_year:
        return None
    done = _("Nothing can be brought over any more")
    words = done if early.is_closed else _("What is imported later would change the year")
    return Outcome(Check.BEFORE, int(not early.is_closed), words, "fund.early.show")
