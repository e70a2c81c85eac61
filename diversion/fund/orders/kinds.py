"""Name what can be asked of the fund's money, to whom it goes, and how."""

from collections.abc import Mapping
from enum import StrEnum

from diversion.core.words import Sentence, _
from diversion.ledger.events import Event
from diversion.staff.approvals.models import Matter


class OrderKind(StrEnum):
    """What is asked; each kind posts one event of the ledger."""

    ADVANCE = "advance"
    ADVANCE_CLEARED = "advance_cleared"
    ADVANCE_RETURNED = "advance_returned"
    BUDGET_ADOPT = "budget_adopt"
    BUDGET_AMEND = "budget_amend"
    CHECK_STALE = "check_stale"
    CHECK_VOIDED = "check_voided"
    ENCUMBER = "encumber"
    GRANT_RETURNED = "grant_returned"
    RELEASE = "release"
    VOUCHER = "voucher"

    @property
    def event(self) -> Event:
        return Event(self.value.upper())


class PayeeKind(StrEnum):
    """To whom money goes: a survivor is known by the voucher's code alone."""

    AGENCY = "agency"
    ORGANIZATION = "organization"
    VICTIM = "victim"


class Method(StrEnum):
    """How the treasurer pays."""

    CHECK = "check"
    EFT = "eft"


K = OrderKind
WORDS: Mapping[OrderKind, Sentence] = {
    K.ADVANCE: _("Advance to a grantee"),
    K.ADVANCE_CLEARED: _("Advance accounted for"),
    K.ADVANCE_RETURNED: _("Advance returned"),
    K.BUDGET_ADOPT: _("Budget adopted"),
    K.BUDGET_AMEND: _("Budget amended"),
    K.CHECK_STALE: _("Check not cashed"),
    K.CHECK_VOIDED: _("Check voided"),
    K.ENCUMBER: _("Award"),
    K.GRANT_RETURNED: _("Grant returned"),
    K.RELEASE: _("Award released"),
    K.VOUCHER: _("Voucher"),
}
PAYEES: Mapping[PayeeKind, Sentence] = {
    PayeeKind.ORGANIZATION: _("Organization or group"),
    PayeeKind.AGENCY: _("Government agency"),
    PayeeKind.VICTIM: _("Direct help to a survivor"),
}
METHODS: Mapping[Method, Sentence] = {
    Method.CHECK: _("Check"),
    Method.EFT: _("Electronic transfer"),
}
COME_BACK = frozenset({K.ADVANCE_RETURNED, K.GRANT_RETURNED})
TAKEN_BACK = frozenset({K.CHECK_STALE, K.CHECK_VOIDED})
OF_VOUCHERS = TAKEN_BACK | {K.VOUCHER}


def matter_of(kind: OrderKind) -> Matter:
    """Return on what a second person decides."""
    if kind in {K.BUDGET_ADOPT, K.BUDGET_AMEND}:
        return Matter.BUDGET
    return Matter.VOUCHER if kind in OF_VOUCHERS else Matter.AWARD
