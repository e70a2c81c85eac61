"""Explain why somebody is complete or not: each condition, its evidence, who wrote it down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from diversion.core.words import Sentence, _
from diversion.enrollments.agreements.queries import signed_on
from diversion.enrollments.conditions.models import Evidence
from diversion.enrollments.conditions.queries import evidence, explained_by
from diversion.enrollments.conditions.rules import Standing
from diversion.enrollments.models import Enrollment
from diversion.web.filters import day


@dataclass(frozen=True)
class Need:
    """A line of the list: done or not, what it is, and what is said about it."""

    done: bool
    title: Sentence | str
    text: Sentence | str = ""
    href: str = ""


@dataclass(frozen=True)
class Explained:
    """Everything the terms ask of one enrollment. `met` of `wanted` conditions are met."""

    needs: tuple[Need, ...]
    met: int
    wanted: int
    standings: tuple[Standing, ...]
    proof: tuple[Evidence, ...]
    signed: tuple[Need, ...] = ()

    @property
    def is_complete(self) -> bool:
        return self.met == self.wanted

    def of(self, kind: object) -> Standing | None:
        """Return where the first condition of a kind stands that is not met, else the first."""
        own = [each for each in self.standings if each.kind is kind]
        return next((each for each in own if not each.met), next(iter(own), None))

    def writers(self) -> set[int]:
        return {each.recorded_by for each in self.proof}


NOTHING = Explained((), 0, 0, (), ())


def explained(enrollment: Enrollment, today: date) -> Explained:
    """Return what is met and what is missing: three statements."""
    proof = tuple(evidence(enrollment.id))
    standings, signed = tuple(explained_by(enrollment.id, proof)), signed_on(enrollment.id)
    met = sum(each.met for each in standings)
    paper = (Need(True, _("Agreement signed"), day(signed)),) if signed else ()
    found = Explained((), met, len(standings), standings, proof, paper)
    return with_names(found, {}, today)


def with_names(found: Explained, names: Mapping[int, str], today: date) -> Explained:
    """Return the same with the names of those who wrote the evidence down."""
    needs = [_need(each, found.proof, names, today) for each in found.standings]
    ordered = tuple(sorted((*needs, *found.signed), key=_order))
    return replace(found, needs=ordered)


def _order(need: Need) -> bool:
    return need.done


def _need(each: Standing, proof: Sequence[Evidence], names: Mapping[int, str], today: date) -> Need:
    if each.met:
        return Need(True, each.label, _proved(each, proof, names))
    title: Sentence | str = each.label
    if each.wanted > 1:
        title = _(
            "{label}: {done} of {wanted}", label=each.label, done=each.done, wanted=each.wanted
        )
    return Need(False, title, _due(each, today))


def _due(each: Standing, today: date) -> Sentence | str:
    if each.due_on is None:
        return ""
    if each.overdue(today):
        return _("Was due {day}", day=day(each.due_on))
    return _("Due {day}", day=day(each.due_on))


def _proved(each: Standing, proof: Sequence[Evidence], names: Mapping[int, str]) -> Sentence | str:
    if each.excused:
        return _("Excused")
    last = max(
        (row for row in proof if row.kind is each.kind and row.quantity > 0),
        key=lambda row: (row.happened_on, row.id),
        default=None,
    )
    if last is None:
        return ""
    on, who = day(last.happened_on), names.get(last.recorded_by, "")
    return _("{day}, recorded by {who}", day=on, who=who) if who else on
