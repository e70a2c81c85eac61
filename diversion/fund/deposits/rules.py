"""Say what may go into a deposit: whole receipts of others, and cash that was counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import OpenReceipt

COINS = 1
KINDS = (Mode.CASH, Mode.CHECK, Mode.MONEY_ORDER, Mode.UNKNOWN)


class NothingChosen(Invalid):
    """A deposit holds at least one receipt."""

    sentence = _("Tick at least one receipt.")
    field = "receipts"


class NotInTheDrawer(Refused):
    """Somebody else deposited or voided it meanwhile."""

    sentence = _("{number} is no longer in the drawer. Look at the list again.")


class OwnReceipt(Refused):
    """Whoever took money does not take it to the bank."""

    sentence = _("You took {number} yourself. Somebody else prepares its deposit.")
    second = _("You took some of this money yourself. Somebody else signs the difference.")


class CashDiffers(Refused):
    """What was counted is not what the receipts say; a second person signs what stays so."""

    sentence = _("The cash is {amount} {side}. Count again, or say why.")
    field = "coins"


class Agrees(Refused):
    """Without a difference there is nothing to sign."""

    sentence = _("The count agrees now. Take the reason away and close the deposit.")
    field = "reason"


@dataclass(frozen=True)
class Part:
    """The receipts of one kind."""

    mode: Mode
    receipts: tuple[OpenReceipt, ...]

    @property
    def total(self) -> Money:
        return Money.total(receipt.amount for receipt in self.receipts)


def parts(receipts: Sequence[OpenReceipt]) -> list[Part]:
    """Return what a slip lists: cash, checks, money orders, and what nobody said, by number."""
    found = [Part(mode, tuple(r for r in receipts if r.mode == mode)) for mode in KINDS]
    return [part for part in found if part.receipts]


def choose(
    open_receipts: Sequence[OpenReceipt], numbers: Collection[str], by: int, *, small: bool = False
) -> list[OpenReceipt]:
    """Return the receipts of these numbers; `by` prepares their deposit.

    In a `small` office whoever took them may do so.
    Raises NothingChosen, NotInTheDrawer, OwnReceipt.
    """
    if not numbers:
        raise NothingChosen
    lying = {receipt.number: receipt for receipt in open_receipts}
    for number in sorted(set(numbers)):
        if number not in lying:
            raise NotInTheDrawer(_(NotInTheDrawer.sentence.text, number=number))
        if lying[number].cashier == by and not small:
            raise OwnReceipt(_(OwnReceipt.sentence.text, number=number))
    return [lying[number] for number in sorted(set(numbers))]


def counted(pieces: Mapping[int, int]) -> Money:
    """Return what was counted; `pieces` says how many there are of each value in cents."""
    return Money(sum(unit * number for unit, number in pieces.items()))


def difference(chosen: Sequence[OpenReceipt], pieces: Mapping[int, int]) -> Money:
    """Return counted cash less what the receipts say. Raises Agrees if there is none."""
    found = _difference(chosen, pieces)
    if not found:
        raise Agrees
    return found


def _difference(chosen: Sequence[OpenReceipt], pieces: Mapping[int, int]) -> Money:
    expected = Money.total(receipt.amount for receipt in chosen if receipt.mode == Mode.CASH)
    return counted(pieces) - expected


def check_count(chosen: Sequence[OpenReceipt], pieces: Mapping[int, int]) -> None:
    """Compare the counted cash with what the receipts say. Raises CashDiffers."""
    found = _difference(chosen, pieces)
    if found:
        side = _("over") if found.cents > 0 else _("short")
        amount = Money(abs(found.cents))
        raise CashDiffers(_(CashDiffers.sentence.text, amount=amount, side=side))
