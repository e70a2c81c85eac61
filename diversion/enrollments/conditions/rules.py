"""Say what counts toward what, and whether anything is still missing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from diversion.enrollments.codes import ConditionKind

MONEY = frozenset({ConditionKind.FEE, ConditionKind.RESTITUTION, ConditionKind.STATE_FEE})
# Looked at when the arrest-free period ends, so not part of what must be done before it.
AFTERWARDS = frozenset({ConditionKind.NO_NEW_ARREST})


class Wanted(NamedTuple):
    """A condition as values."""

    kind: ConditionKind
    label: str
    quantity: int
    unit: str
    due_on: date | None
    excused: bool
    handle: str = ""


class Fact(NamedTuple):
    """A row of evidence as values; `quantity` is negative where one was taken back."""

    kind: ConditionKind
    quantity: int
    source: str
    happened_on: date


class Standing(NamedTuple):
    """Why a condition is met or not: what is wanted, what is done, and by which evidence."""

    kind: ConditionKind
    label: str
    unit: str
    wanted: int
    done: int
    due_on: date | None
    excused: bool
    evidence: tuple[Fact, ...] = ()
    handle: str = ""

    @property
    def met(self) -> bool:
        return self.excused or self.done >= self.wanted

    @property
    def is_money(self) -> bool:
        return self.kind in MONEY

    @property
    def missing(self) -> int:
        return 0 if self.met else self.wanted - self.done

    def overdue(self, on: date) -> bool:
        return not self.met and self.due_on is not None and self.due_on < on


def explain(conditions: Iterable[Wanted], facts: Sequence[Fact]) -> list[Standing]:
    """Return where every condition stands; two of a kind are filled in order.

    What was excused is filled last: it takes nothing from what is still asked.
    """
    asked = list(conditions)
    done = _filled(asked, _sums(facts))
    found = []
    for place, (kind, label, quantity, unit, due_on, excused, handle) in enumerate(asked):
        own = tuple(fact for fact in facts if fact.kind is kind) if facts else ()
        found.append(
            Standing(kind, label, unit, quantity, done[place], due_on, excused, own, handle)
        )
    return found


def _filled(asked: Sequence[Wanted], left: dict[ConditionKind, int]) -> dict[int, int]:
    """Return, by place, how much of each condition is done of what is there of its kind."""
    done = {}
    for place in sorted(range(len(asked)), key=lambda each: (asked[each].excused, each)):
        kind, quantity = asked[place].kind, asked[place].quantity
        done[place] = max(0, min(left.get(kind, 0), quantity))
        left[kind] = left.get(kind, 0) - done[place]
    return done


def all_met(standings: Iterable[Standing]) -> bool:
    """Say whether everything that must be done before the arrest-free period is done."""
    return not still_missing(standings)


def still_missing(standings: Iterable[Standing]) -> list[Standing]:
    """Return what must be done before the arrest-free period and is not."""
    return [each for each in standings if not each.met and each.kind not in AFTERWARDS]


def only_money_left(standings: Iterable[Standing]) -> bool:
    """Say whether money is all that is missing: a waiver or a plan is then one step away."""
    missing = still_missing(standings)
    return bool(missing) and all(each.kind in MONEY for each in missing)


def _sums(facts: Iterable[Fact]) -> dict[ConditionKind, int]:
    sums: dict[ConditionKind, int] = {}
    for fact in facts:
        sums[fact.kind] = sums.get(fact.kind, 0) + fact.quantity
    return sums
