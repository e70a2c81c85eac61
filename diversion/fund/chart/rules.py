"""Say which accounts belong to a use, and when they may be switched."""

from collections.abc import Mapping

from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.chart.models import Use
from diversion.ledger.accounts import (
    CHANGE_FUND,
    STATUTORY_DUE,
    STATUTORY_HELD,
    STATUTORY_IN_TRANSIT,
    STATUTORY_UNDEPOSITED,
)

RETURNED_RECEIVABLE = 1210
STATE = (STATUTORY_UNDEPOSITED, STATUTORY_IN_TRANSIT, STATUTORY_HELD, STATUTORY_DUE)
# What is used together is switched together.
ACCOUNTS: Mapping[Use, tuple[int, ...]] = {
    Use.CHANGE_FUND: (CHANGE_FUND,),
    Use.RETURNED_ITEMS: (RETURNED_RECEIVABLE,),
    Use.STATE_FEE: STATE,
}
TEXTS: Mapping[Use, Sentence] = {
    Use.CHANGE_FUND: _(
        "Change that stays in the drawers. It belongs to the fund and is counted with it."
    ),
    Use.RETURNED_ITEMS: _("Returned checks on an account of their own. Used by corrections alone."),
    Use.STATE_FEE: _(
        "The state's fee taken, deposited and sent on here. It never meets the fund's money."
    ),
}
OF_ACCOUNT = {code: use for use, codes in ACCOUNTS.items() for code in codes}


class SoAlready(Refused):
    """Somebody was faster."""

    sentence = _("Somebody switched this already. Look at it again.")


class StillHeld(Refused):
    """An account with money on it stays in use."""

    sentence = _("{amount} stands on account {code}. Bring it to zero first.")


class Collected(Refused):
    """What is charged here is taken here."""

    sentence = _("A fee schedule says that this office takes the state's fee. Replace it first.")


class WhyMissing(Invalid):
    """A switch says why."""

    sentence = _("Say why.")
    field = "reason"


def check(held: Mapping[int, Money], *, is_on: bool, wanted: bool, collected: bool) -> None:
    """Raise SoAlready, StillHeld, Collected; `held` is what stands on each account."""
    if is_on is wanted:
        raise SoAlready
    if wanted:
        return
    for code, amount in held.items():
        if amount:
            raise StillHeld(_(StillHeld.sentence.text, amount=amount, code=code))
    if collected:
        raise Collected
