"""Propose, by the county's written policy, what somebody should be asked to pay.

The policy is settings; people decide, and write down why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from diversion.core.money import ZERO, Money
from diversion.fees.ability.models import Benefit
from diversion.fees.codes import Change, Why


@dataclass(frozen=True)
class Policy:
    """What the county's policy says.

    `first` and `each_more`: the federal poverty guideline of a month, for one person and
    for each more. `steps`: up to how many percent of it, how many percent of what is open
    are given up; the lowest first. `share`: how many percent of what a household has left
    in a month an instalment may take.
    """

    first: Money
    each_more: Money
    steps: Sequence[tuple[int, int]]
    share: int

    def guideline(self, household: int) -> Money:
        return Money(self.first.cents + (household - 1) * self.each_more.cents)


@dataclass(frozen=True)
class Facts:
    """What a worksheet says, as values."""

    household: int
    income: Money
    expenses: Money
    benefit: Benefit = Benefit.NONE
    appointed_counsel: bool = False

    @property
    def left(self) -> Money:
        """Return what is left in a month; below zero where there is less than nothing."""
        return self.income - self.expenses


@dataclass(frozen=True)
class Proposal:
    """What the policy proposes: how much to give up and why, and a monthly instalment."""

    give_up: Money
    why: Why | None
    percent: int
    instalment: Money

    @property
    def change(self) -> Change | None:
        if not self.give_up:
            return None
        return Change.WAIVE if self.percent == 100 else Change.REDUCE


def percent_of(facts: Facts, policy: Policy) -> int:
    """Return the household's income in whole percent of the guideline, rounded down."""
    return 100 * facts.income.cents // policy.guideline(facts.household).cents


def propose(facts: Facts, open_: Money, policy: Policy) -> Proposal:
    """Propose a waiver for who receives help by need, else by the steps; the rest in parts."""
    by_need = facts.benefit is not Benefit.NONE or facts.appointed_counsel
    own = percent_of(facts, policy)
    given = next((up for most, up in policy.steps if own <= most), 0)
    percent = 100 if by_need else given
    give_up = Money(open_.cents * percent // 100)
    why = None if not give_up else Why.INDIGENT if percent == 100 else Why.PARTIAL
    rest = open_ - give_up
    monthly = Money(max(facts.left.cents, 0) * policy.share // 100)
    return Proposal(give_up, why, percent, min(monthly, rest) if rest > ZERO else ZERO)
