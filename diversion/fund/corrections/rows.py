"""Put together what the pages of corrections show."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.corrections import queries, rules
from diversion.fund.corrections.models import Correction, CorrectionKind
from diversion.fund.corrections.services import MATTERS
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Line
from diversion.staff.approvals.models import ApprovalRequest, Decision
from diversion.staff.approvals.queries import latest_about

K = CorrectionKind
KINDS = {
    K.ADJUST: _("Adjustment"),
    K.OPENING: _("Opening of the books"),
    K.REVERSE: _("Reversal"),
    K.YEAR_CLOSE: _("Year-end entry"),
}
WAITING = (_("Waits"), "warn")
DECIDED = {
    Decision.APPROVED: (_("Posted"), "ok"),
    Decision.REFUSED: (_("Refused"), "plain"),
    Decision.WITHDRAWN: (_("Withdrawn"), "plain"),
}


@dataclass(frozen=True)
class Paper:
    """A paper in the list."""

    number: str
    link: str
    kind: Sentence
    on: date
    amount: Money
    asker: str
    state: Sentence
    tone: str


@dataclass(frozen=True)
class LineShown:
    """A line of a paper, with the name of its account."""

    account: str
    key: str
    earmark: str
    debit: Money | None
    credit: Money | None


def papers(found: Sequence[Correction], names: dict[int, str]) -> list[Paper]:
    """Return the papers of a page."""
    requests = queries.requests_about([each.number for each in found])
    return [
        Paper(
            each.number, url_for("fund.corrections.show", subject=each.number), KINDS[each.kind],
            each.effective_on, rules.amount_of(rules.lines_of(each)),
            names.get(each.asked_by_id, ""), *state_of(each, requests.get(each.number)),
        )
        for each in found
    ]  # fmt: skip


def request_about(paper: Correction) -> ApprovalRequest | None:
    return latest_about(MATTERS[paper.kind], paper.number)


def state_of(paper: Correction, request: ApprovalRequest | None) -> tuple[Sentence, str]:
    """Return how a paper stands, in a word and its color."""
    decided = request.decided if request else None
    if paper.posted is not None or decided is None:
        return DECIDED[Decision.APPROVED] if paper.posted else WAITING
    return DECIDED[decided.decision]


def shown(lines: Collection[Line], earmarks: dict[int, str]) -> list[LineShown]:
    """Return lines as a page shows them: one statement."""
    named = {a.code: a.name for a in ledger.accounts()}
    return [
        LineShown(
            f"{x.account} {named.get(x.account, '')}", str(x.sub or ""),
            earmarks.get(x.earmark, "") if x.earmark else "",
            Money(x.cents) if x.cents > 0 else None, Money(-x.cents) if x.cents < 0 else None,
        )
        for x in lines
    ]  # fmt: skip
