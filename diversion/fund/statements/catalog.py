"""Say which reports there are, in the order of their page."""

from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.fund.statements import (
    account,
    books,
    cash,
    counter,
    general,
    owed,
    papers,
    payees,
    per_head,
    purposes,
    state_fee,
)
from diversion.fund.statements.report import Kept

REPORTS: tuple[Kept, ...] = (
    Kept(
        "trial-balance", _("Trial balance"), _("Every account, and that each group is zero"),
        books.trial_balance,
    ),
    Kept(
        "general-ledger", _("General ledger"), _("One account, entry by entry"),
        general.general_ledger, needs_account=True, whole=general.whole_ledger,
    ),
    Kept(
        "daily-close", _("Daily close"),
        _("First and last number, voids, money by mode, totals of the books"), counter.daily_close,
    ),
    Kept(
        "exceptions", _("Exception report"),
        _("Voids, waivers, corrections, over and short, copies not returned"), counter.unusual,
    ),
    Kept(
        "accountability", _("Schedule of accountability"),
        _("What came and went, tied to the cash"), cash.accountability,
    ),
    Kept(
        "cash-proof", _("Cash proof"), _("Each cash account, and the items it is made of"),
        cash.cash_proof,
    ),
    Kept(
        "aging", _("Aging"), _("What participants owe, by how late it is"), owed.aged,
    ),
    Kept(
        "account", _("Account of a participant"),
        _("One account by its number, entry by entry, without a name"), account.account,
        needs_participant=True,
    ),
    Kept(
        "statement", _("Statement of a participant"),
        _("What settles one account, and the lines behind it, without a name"), papers.statement,
        needs_participant=True,
    ),
    Kept(
        "paid-in-full", _("Paid in full"), _("That nothing more is owed on one account"),
        papers.paid_in_full, needs_participant=True,
    ),
    Kept(
        "state-fee", _("The state's fee"), _("Charged, taken, sent on and outstanding, by month"),
        state_fee.collected, fund=_("Held for others, beside the account"),
    ),
    Kept(
        "budget", _("Budget against actual"), _("Adopted, promised, spent, available"),
        purposes.budget,
    ),
    Kept(
        "earmarks", _("Earmark balances"), _("What each purpose took in and has left"),
        purposes.earmark_balances,
    ),
    Kept(
        "payees", _("Paid by kind of payee"),
        _("Organizations, agencies, direct help; few survivors are not shown"), payees.by_payee,
    ),
    Kept(
        "per-participant", _("Net per participant"),
        _("Fees, what taking them cost, and the net for survivors, by who entered"),
        per_head.per_participant,
    ),
)  # fmt: skip
BY_NAME = {report.name: report for report in REPORTS}


def named(name: str) -> Kept:
    """Return the report of an address. Raises NotYours."""
    if name not in BY_NAME:
        raise NotYours
    return BY_NAME[name]
