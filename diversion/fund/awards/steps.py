"""Say what can become of an award, and for which awards."""

from collections.abc import Mapping
from dataclasses import dataclass

from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.fund.awards.models import Award
from diversion.fund.awards.queries import Left
from diversion.fund.orders.kinds import OrderKind, PayeeKind
from diversion.fund.orders.rules import FOR_ORGANIZATIONS


@dataclass(frozen=True)
class Stage:
    """One thing to ask about an award; `pays` where money leaves at once."""

    kind: OrderKind
    label: Sentence
    text: Sentence
    pays: bool = False
    needs: str = ""  # what of the award must be above zero for it

    def fits(self, award: Award) -> bool:
        """Say whether an award can have this."""
        return self.kind not in FOR_ORGANIZATIONS or award.payee_kind is PayeeKind.ORGANIZATION


STEPS: Mapping[OrderKind, Stage] = {
    stage.kind: stage
    for stage in (
        Stage(
            OrderKind.ENCUMBER, _("Raise the award"),
            _("More of the budget line is promised."),
        ),
        Stage(
            OrderKind.RELEASE, _("Release what is left"),
            _("What is not needed goes back to the budget line."), needs="promised",
        ),
        Stage(
            OrderKind.ADVANCE, _("Pay an advance"),
            _("Money before the bills; the grantee accounts for it later."), pays=True,
            needs="promised",
        ),
        Stage(
            OrderKind.ADVANCE_CLEARED, _("Account for an advance"),
            _("The grantee has shown what the advance was spent on."), needs="advanced",
        ),
        Stage(
            OrderKind.ADVANCE_RETURNED, _("Take back an advance"),
            _("The grantee paid back what it did not need."), needs="advanced",
        ),
        Stage(
            OrderKind.GRANT_RETURNED, _("Take back a grant"),
            _("The grantee paid back what it had been granted."), needs="spent",
        ),
    )
}  # fmt: skip


def open_steps(award: Award, left: Left) -> list[tuple[str, Sentence]]:
    """Return what can be asked about an award as it stands: the part of an address, and words."""
    return [
        (kind.value, stage.label)
        for kind, stage in STEPS.items()
        if stage.fits(award) and (not stage.needs or getattr(left, stage.needs))
    ]


def kind_of(text: str, award: Award) -> OrderKind:
    """Return what an address asks about an award. Raises NotYours where it can't have that."""
    found = next((kind for kind in STEPS if kind.value == text), None)
    if found is None or not STEPS[found].fits(award):
        raise NotYours
    return found
