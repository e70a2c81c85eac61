"""Say which rooms the fund has, in the order of its front page; each room adds its line."""

from dataclasses import dataclass

from diversion.core.words import Sentence, _
from diversion.staff.permissions import Permission

P = Permission


@dataclass(frozen=True)
class Section:
    """A room of the fund: what it is called, what is done there, where it begins."""

    label: Sentence
    text: Sentence
    endpoint: str
    permissions: tuple[Permission, ...]


@dataclass(frozen=True)
class Part:
    """Rooms that belong together."""

    title: Sentence
    sections: tuple[Section, ...]


PARTS: tuple[Part, ...] = (
    Part(
        _("Money in"),
        (
            Section(
                _("Drawers"), _("Change, blind count, over or short"), "fund.drawers.show_all",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Card settlements"), _("What the card processor paid out"),
                "fund.settlements.show_all", (P.LEDGER_READ,),
            ),
            Section(
                _("Deposits"), _("From the drawer to the bank"), "fund.deposits.start",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Bank"), _("The treasurer's statement beside the books"), "fund.bank.start",
                (P.LEDGER_READ,),
            ),
            Section(
                _("The state's fee"), _("Held for others: deposits, what is due, what was sent on"),
                "fund.remittances.start", (P.LEDGER_READ,),
            ),
            Section(
                _("Aging"), _("How old the money is that is owed"), "fees.aging.show",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Fee schedules"), _("What is charged from which day on"),
                "fees.schedules.show_all", (P.LEDGER_READ,),
            ),
        ),
    ),
    Part(
        _("Money out"),
        (
            Section(
                _("Vouchers"), _("Bills asked for, approved, paid"), "fund.vouchers.show_all",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Awards"), _("Money promised, and to whom"), "fund.awards.show_all",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Budget"), _("Set aside, promised, spent, available"), "fund.budget.show",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Earmarks"), _("Purposes that money is bound to"), "fund.earmarks.show",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Payees"), _("Organizations that money can go to"), "fund.payees.show",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Public statement"), _("A year on one page, with nobody in it"),
                "fund.disclosure.show", (P.LEDGER_READ,),
            ),
        ),
    ),
    Part(
        _("The books"),
        (
            Section(
                _("Ledger"), _("Every entry, with its paper"), "fund.register.show",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Accounts"), _("The chart of accounts, and what of it is in use"),
                "fund.chart.show_all", (P.LEDGER_READ,),
            ),
            Section(
                _("Months"), _("The checklist, the close, the seal"), "fund.periods.start",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Reports"), _("Trial balance, accountability, aging, on paper too"),
                "fund.statements.start", (P.LEDGER_READ,),
            ),
            Section(
                _("Exceptions by week"), _("What a second person looks through and signs"),
                "fund.weekly.start", (P.LEDGER_READ,),
            ),
            Section(
                _("Small office"), _("May whoever takes money deposit it: on or off"),
                "fund.office.show", (P.LEDGER_READ,),
            ),
            Section(
                _("Corrections"), _("Adjustments and reversals, with a second person"),
                "fund.corrections.start", (P.LEDGER_READ,),
            ),
            Section(
                _("Exports"), _("Workbooks and files for others"), "fund.exports.start",
                (P.LEDGER_EXPORT,),
            ),
            Section(
                _("County ledger"), _("Batches for the county's general ledger"),
                "fund.county.start", (P.LEDGER_READ,),
            ),
        ),
    ),
)  # fmt: skip
