"""Gather why somebody is not complete: each requirement, its evidence, and the earliest day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diversion.core import clock
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import ConditionKind, RecordResult
from diversion.enrollments.conditions import earliest
from diversion.enrollments.conditions.earliest import Facts
from diversion.enrollments.conditions.models import Evidence
from diversion.enrollments.conditions.queries import evidence
from diversion.enrollments.conditions.rules import Standing
from diversion.enrollments.lifecycle.clocks import days_lost
from diversion.enrollments.models import ENDED_WELL
from diversion.sbad.program.way import Way, way
from diversion.sbad.rosters import days
from diversion.sbad.rosters import queries as rosters
from diversion.staff.models import Staff
from diversion.staff.queries import names_of
from diversion.web.calendar import at_court

AGREEMENT = _("Agreement signed")


@dataclass(frozen=True)
class Requirement:
    """One line: what is asked, whether it is true, by which evidence, and from when it can be."""

    kind: str
    label: Sentence | str
    done: bool
    text: Sentence | str
    proof: Sequence[tuple[date, str, str]]
    earliest: date | None
    due_on: date | None = None


@dataclass(frozen=True)
class Why:
    """The whole answer for one person."""

    way: Way
    requirements: list[Requirement]
    earliest: date | None
    is_over: bool


def why(number: str, *, by: Staff, on: date) -> Why:
    """Return the answer. Inside `with reading():`. Raises NotYours."""
    found = way(number, by=by, on=on)
    if found.enrollment is None:
        return Why(found, [], None, is_over=False)
    facts = _facts(found, on)
    proof = evidence(found.enrollment.id)
    names = {**found.names, **names_of({each.recorded_by for each in proof})}
    lines = [_signed(found, on)]
    lines += [_requirement(each, facts, proof, names) for each in found.standings]
    lines += [_period(facts), _record(found, facts), _sign_off(found, facts)]
    return Why(
        found, lines, earliest.all_together(found.standings, facts),
        is_over=not found.enrollment.is_open,
    )  # fmt: skip


def _facts(found: Way, on: date) -> Facts:
    pause = next((each for each in found.pauses if each.ended_on is None), None)
    clear = next((each for each in found.record_checks), None)
    return Facts(
        on, found.enrollment.monitored_until_on if found.enrollment else None,
        {ConditionKind.CLASS: _class_on(found, on)},
        lost=days_lost(pause.clock, pause.began_on, on) if pause else 0,
        clear_since=clear.checked_on if clear and clear.result is RecordResult.CLEAR else None,
    )  # fmt: skip


def _class_on(found: Way, on: date) -> date | None:
    """Return the day of the last class that is missing: of seats, else of classes with one left."""
    classes = [each for each in found.standings if each.kind is ConditionKind.CLASS]
    missing = sum(each.missing for each in classes)
    booked = rosters.of_participant(found.participant.id)
    seats = sorted({each.held_on for each in booked if each.is_to_come(on)})
    if missing > len(seats):
        free = days.first_open(at_court(clock.now()), missing + len(seats))
        seats = sorted({*seats, *free})
    return seats[missing - 1] if 0 < missing <= len(seats) else None


def _requirement(
    each: Standing, facts: Facts, proof: Sequence[Evidence], names: Mapping[int, str]
) -> Requirement:
    own = [row for row in proof if row.kind is each.kind]
    text: Sentence | str = ""
    if each.excused:
        text = _("Excused")
    elif not each.met:
        text = _("{done} of {wanted}", done=each.done, wanted=each.wanted)
    said = [
        (row.happened_on, str(row.quantity) if row.quantity != 1 else "",
         names.get(row.recorded_by, ""))
        for row in own
    ]  # fmt: skip
    return Requirement(
        each.kind, each.label, each.met, text, said,
        None if each.met else earliest.possible(each, facts), each.due_on,
    )  # fmt: skip


def _signed(found: Way, on: date) -> Requirement:
    signed, begun = found.agreement, found.enrollment and found.enrollment.active_on
    if signed is None and begun:  # nothing begins without one but what an old list names
        return Requirement("agreement", AGREEMENT, True, _("Taken over as begun"), [], None)
    proof = [(signed.signed_on, "", found.names[signed.recorded_by])] if signed else []
    return Requirement(
        "agreement", AGREEMENT, signed is not None, "", proof, None if signed else on
    )


def _period(facts: Facts) -> Requirement:
    over = earliest.period_over(facts)
    done = over <= facts.today and not facts.lost
    text = _("Paused: every day moves it on") if facts.lost else ""
    return Requirement("period", _("Period without arrest"), done, text, [], None if done else over)


def _record(found: Way, facts: Facts) -> Requirement:
    checks = [
        (each.checked_on, str(each.result.words), found.names[each.recorded_by])
        for each in found.record_checks
    ]
    until = facts.period_ends_on
    done = facts.clear_since is not None and (until is None or facts.clear_since >= until)
    day = None if done else earliest.record_clear(facts)
    return Requirement("record", _("The record shows no new arrest"), done, "", checks, day)


def _sign_off(found: Way, facts: Facts) -> Requirement:
    done = found.enrollment is not None and found.enrollment.state in ENDED_WELL
    day = None if done else earliest.all_together(found.standings, facts)
    return Requirement("sign_off", _("Signed off by a deputy DA"), done, "", [], day)
