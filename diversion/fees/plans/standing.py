"""Say where a plan stands: each instalment with what is paid of it, and the whole in a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diversion.core.money import ZERO, Money
from diversion.core.words import Worded, _
from diversion.fees.plans.models import PaymentPlan


class State(Worded):
    """Where a version of a plan stands."""

    PROPOSED = "proposed", _("Not signed yet")
    CURRENT = "current", _("Current")
    BEHIND = "behind", _("Behind")
    FINISHED = "finished", _("Finished")
    ENDED = "ended", _("Ended")
    REPLACED = "replaced", _("Replaced")

    @property
    def tone(self) -> str:
        tones = {State.CURRENT: "ok", State.FINISHED: "ok", State.BEHIND: "warn"}
        return tones.get(self, "plain")


@dataclass(frozen=True)
class Instalment:
    """One instalment with what of it is still open."""

    number: int
    due_on: date
    amount: Money
    open: Money

    def is_late(self, on: date) -> bool:
        return bool(self.open) and self.due_on < on


def instalments(plan: PaymentPlan, open_: dict[int, Money]) -> list[Instalment]:
    """Return the instalments of a plan; `open_` is what is open of each obligation now."""
    settled = _settled(plan, open_)
    found: dict[int, Instalment] = {}
    for each in plan.slices:
        part = min(settled[each.obligation_id], each.amount)
        settled[each.obligation_id] -= part
        before = found.get(each.number, Instalment(each.number, each.due_on, ZERO, ZERO))
        found[each.number] = Instalment(
            each.number, each.due_on, before.amount + each.amount,
            before.open + each.amount - part,
        )  # fmt: skip
    return list(found.values())


def _settled(plan: PaymentPlan, open_: dict[int, Money]) -> dict[int, Money]:
    planned: dict[int, Money] = {}
    for each in plan.slices:
        planned[each.obligation_id] = planned.get(each.obligation_id, ZERO) + each.amount
    return {key: max(sum_ - open_.get(key, ZERO), ZERO) for key, sum_ in planned.items()}


def state(plan: PaymentPlan, in_force: PaymentPlan | None, parts: Sequence[Instalment],
          on: date) -> State:  # fmt: skip
    """Say where a version stands on a day."""
    if plan.ended is not None:
        return State.ENDED
    if plan.signed is None:
        newer = in_force is not None and in_force.version > plan.version
        return State.REPLACED if newer else State.PROPOSED
    if in_force is None or in_force.id != plan.id:
        return State.REPLACED
    if not any(part.open for part in parts):
        return State.FINISHED
    return State.BEHIND if any(part.is_late(on) for part in parts) else State.CURRENT
