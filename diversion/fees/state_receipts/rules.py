"""Say how the state's fee is taken at our counter."""

from diversion.core.errors import Invalid, Refused
from diversion.core.words import _
from diversion.fees.rules import check_paper
from diversion.fees.schedules.models import Office
from diversion.ledger.commands import Mode


class NotByCard(Invalid):
    """A processor pays out to one account, and that is the fund's."""

    sentence = _("The state's fee is paid in cash, by check or by money order.")
    field = "mode"


class CollectedThere(Refused):
    """What the court clerk collects is only noted here."""

    sentence = _("The court clerk collects the state's fee. It is only noted here.")


def check(office: Office, mode: Mode, reference: str) -> None:
    """Raise CollectedThere, NotByCard, NoNumber, CardNumber."""
    if office is not Office.PROGRAM_OFFICE:
        raise CollectedThere
    if mode in (Mode.CARD, Mode.UNKNOWN):
        raise NotByCard
    check_paper(mode, reference)
