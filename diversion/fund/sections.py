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
                _("Deposits"), _("From the drawer to the bank"), "fund.deposits.start",
                (P.LEDGER_READ,),
            ),
            Section(
                _("Bank"), _("The treasurer's statement beside the books"), "fund.bank.start",
                (P.LEDGER_READ,),
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
                _("Exports"), _("Workbooks and files for others"), "fund.exports.start",
                (P.LEDGER_EXPORT,),
            ),
        ),
    ),
)  # fmt: skip
