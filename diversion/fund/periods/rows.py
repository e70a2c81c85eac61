"""Put together what the pages of months show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for

from diversion.core.money import ZERO, Money
from diversion.core.words import Sentence, _
from diversion.fund.periods import queries
from diversion.fund.periods.models import Check
from diversion.fund.periods.outcome import MAY_BE_EXPLAINED, TITLES, Asked, Outcome
from diversion.ledger import periods
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import IN_TRANSIT, SUSPENSE, TREASURY, UNDEPOSITED
from diversion.ledger.commands import PeriodState
from diversion.web.calendar import court_today
from diversion.web.filters import month_name

STATES = {
    PeriodState.OPEN: (_("Open"), "plain"),
    PeriodState.CLOSING: (_("Closing"), "warn"),
    PeriodState.CLOSED: (_("Closed"), "ok"),
    PeriodState.LOCKED: (_("Locked"), "ok"),
}
ENCUMBERED = 9020
# Refunds, credits, vouchers, and checks that nobody cashed.
OWED = (2010, 2100, 2200, 2300)


@dataclass(frozen=True)
class MonthLine:
    """A month in a list; `times` counts how often it was opened again."""

    title: str
    link: str
    state: Sentence
    tone: str
    times: int


@dataclass(frozen=True)
class CheckLine:
    """A line of the checklist."""

    code: str
    title: Sentence
    link: str
    words: Sentence
    state: Sentence
    is_done: bool
    explained: str
    to_explain: bool


def asked(name: str) -> Asked:
    """Return the month of an address such as `2026-11`. Raises NotYours."""
    of = current_app.config
    return Asked(
        periods.named(name), court_today(), of["FISCAL_YEAR_STARTS"],
        weekly=of["EXCEPTIONS_SIGNED_WEEKLY"],
    )  # fmt: skip


def month_lines() -> list[MonthLine]:
    """Return all months of the books, newest first, then the time before them."""
    found, early = periods.months(), periods.early()
    times = periods.reopened(date.min, date.max) if found else {}
    return [
        MonthLine(
            month_name(m.first), url_for("fund.periods.show", month=m.name), *STATES[m.state],
            times.get(m.number, 0),
        )
        for m in found
    ] + [
        MonthLine(
            str(_("Before these books")), url_for("fund.early.show"), *STATES[early.state], 0
        )
    ]  # fmt: skip


def check_lines(outcomes: Sequence[Outcome]) -> list[CheckLine]:
    """Return the checklist as it is shown."""
    return [
        CheckLine(
            each.check.value, each.title,
            url_for(each.endpoint, **each.params), each.words,
            _state(each), each.is_done, each.explained,
            each.check in MAY_BE_EXPLAINED and bool(each.found),
        )
        for each in outcomes
    ]  # fmt: skip


def _state(outcome: Outcome) -> Sentence:
    if outcome.is_done:
        return _("Explained") if outcome.found else _("Done")
    if outcome.check in (Check.SIGNED, Check.WEEKS):
        return _("To sign")
    if outcome.check is Check.PROVED:
        return _("To prove")
    return _("{count} open", count=outcome.found)


def sealed_checks(snapshot_id: int) -> list[tuple[Sentence, str, Sentence]]:
    """Return the checklist as it was kept at the closing: title, tone, state."""
    return [
        (TITLES[check], "ok", _("Explained, {count}", count=found) if found else _("Done"))
        for check, found in _in_order(queries.findings_of(snapshot_id))
    ]


def _in_order(findings: dict[Check, int]) -> list[tuple[Check, int]]:
    return [(check, findings[check]) for check in Check if check in findings]


def where_the_money_is() -> tuple[list[tuple[Sentence, Money]], Money]:
    """Return where the fund stands now, line by line, and what is free to award."""
    net = ledger.net_of()
    lines = [
        (_("With the treasurer"), net.get(TREASURY, ZERO)),
        (_("In transit"), net.get(IN_TRANSIT, ZERO)),
        (_("Not deposited"), net.get(UNDEPOSITED, ZERO)),
        (_("Encumbered"), net.get(ENCUMBERED, ZERO)),
        (_("In suspense"), net.get(SUSPENSE, ZERO)),
        (_("Owed to others"), Money.total(net.get(code, ZERO) for code in OWED)),
    ]
    return lines, Money.total(amount for _words, amount in lines)
