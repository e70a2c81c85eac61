"""Whatever is wished of an enrollment, in whatever order, its guards and dates hold."""

import itertools
from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.core.errors import DomainError
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, EnrollmentState, ExitCode, Finding
from diversion.enrollments.conditions.queries import conditions, explain
from diversion.enrollments.conditions.rules import MONEY, all_met
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.lifecycle import endings, excusals, pauses, queries, rules, services
from diversion.enrollments.models import MOVES, Enrollment
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.enrollments import TODAY, make_enrollment
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

S = EnrollmentState
WISHES = (
    "class", "fee", "pause", "runs", "resume", "notice", "for_money", "by_no_deputy", "dispute",
    "end", "goes_on", "wait", "complete", "leave", "ask", "grant_own", "grant",
)  # fmt: skip
# After these the state may go two steps: on again, and then on to where the facts have it.
FOLLOWED = {"class", "fee", "grant", "goes_on", "resume"}


class Walk:
    """Somebody's way, as wishes push it about, a few days apart."""

    def __init__(self) -> None:
        self.by = make_staff(Role.SBAD_COORDINATOR)
        self.deputy = make_staff(Role.DEPUTY_DA)
        self.on = TODAY
        self.one = make_enrollment(make_participant(Track.SBAD, by=self.by), self.by)

    def wish(self, what: str, days: int) -> bool:
        """Try it; say whether it was done."""
        self.on += timedelta(days=days)
        try:
            self._try(what)
        except DomainError:
            return False
        return True

    def _try(self, what: str) -> None:
        one, by, deputy, on = self.one, self.by, self.deputy, self.on
        asked = next(iter(queries.excusals(one.id)), None)
        acts = {
            "class": lambda: _evidence(one, ConditionKind.CLASS, by),
            "fee": lambda: _evidence(one, ConditionKind.FEE, by),
            "pause": lambda: pauses.suspend(one, reason="custody", by=by, on=on),
            "runs": lambda: pauses.suspend(one, reason="warrant", by=by, on=on),
            "resume": lambda: pauses.resume(one, by=by, on=on),
            "notice": lambda: endings.give_notice(
                one, grounds=ConditionKind.CLASS, by=deputy, on=on
            ),
            "for_money": lambda: endings.give_notice(
                one, grounds=ConditionKind.FEE, by=deputy, on=on
            ),
            "by_no_deputy": lambda: endings.give_notice(
                one, grounds=ConditionKind.CLASS, by=by, on=on
            ),
            "dispute": lambda: endings.dispute(one, hearing_on=None, by=by, on=on),
            "end": lambda: endings.find(one, Finding.ENDED, by=deputy, on=on),
            "goes_on": lambda: endings.find(one, Finding.GOES_ON, by=deputy, on=on),
            "wait": lambda: services.begin_monitoring(one, by=by, on=on),
            "complete": lambda: services.complete(one, signed_off_by=deputy, by=by, on=on),
            "leave": lambda: services.close(one, exit_code=ExitCode.MOVED, by=by, on=on),
            "ask": lambda: excusals.ask(
                one, conditions(one.id)[0], reason="health", by=by, on=on
            ),
            "grant_own": lambda: asked and excusals.decide(asked, granted=True, by=by, on=on),
            "grant": lambda: asked and excusals.decide(asked, granted=True, by=deputy, on=on),
        }  # fmt: skip
        acts[what]()


def _evidence(one: Enrollment, kind: ConditionKind, by: Staff) -> None:
    add_evidence(one.id, kind, source="test:1", happened_on=TODAY, by=by)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example([("class", 0), ("pause", 0), ("fee", 0), ("resume", 0)])
@given(st.lists(st.tuples(st.sampled_from(WISHES), st.integers(0, 90)), max_size=14))
def test_no_wishes_break_the_way(session: Session, wishes: list[tuple[str, int]]) -> None:
    walk = Walk()
    one = walk.one
    agreed = _due(one)
    for what, days in wishes:
        before, due = one.state, _due(one)
        pause, was_due = queries.open_pause(one.id), one.monitored_until_on
        is_done = walk.wish(what, days)
        if before is not one.state:
            assert one.state in MOVES[before] or what in FOLLOWED
        assert not (what in {"for_money", "by_no_deputy", "grant_own"} and before is not one.state)
        assert all(later >= earlier for earlier, later in zip(due, _due(one), strict=True))
        if what == "resume" and is_done and pause is not None and was_due is not None:
            lost = (walk.on - pause.began_on).days if pause.clock.value == "stops" else 0
            assert one.monitored_until_on == was_due + timedelta(days=lost)
        if one.state is S.COMPLETED:
            assert all_met(explain(one))
            assert walk.on >= (one.monitored_until_on or walk.on)
        _check_rows(one)
    assert [each.due_on for each in conditions(one.id)] == agreed


def _due(one: Enrollment) -> list[object]:
    return [each.due_on for each in explain(one)]


def _check_rows(one: Enrollment) -> None:
    """One pause while paused, one notice while it waits; nothing ends for money."""
    is_paused, is_pending = one.state is S.SUSPENDED, one.state is S.TERMINATION_PENDING
    ended_by_choice = one.state is S.CLOSED_NEUTRAL
    assert ended_by_choice or (queries.open_pause(one.id) is not None) == is_paused
    assert ended_by_choice or (queries.open_notice(one.id) is not None) == is_pending
    assert all(each.grounds not in MONEY for each in queries.notices(one.id))
    assert all(each.decided_by != each.asked_by for each in queries.excusals(one.id))
    story = queries.steps(one.id)
    assert all(a.after is b.before for a, b in itertools.pairwise(story))
    assert story[-1].after is one.state


def test_grounds_are_what_was_left_undone_or_broken(session: Session) -> None:
    walk = Walk()
    assert rules.grounds(explain(walk.one)) == [ConditionKind.CLASS, ConditionKind.NO_NEW_ARREST]
    assert walk.wish("class", 0)
    assert rules.grounds(explain(walk.one)) == [ConditionKind.NO_NEW_ARREST]
    assert not walk.wish("notice", 0)


def test_what_is_disputed_is_heard_before_it_is_found(session: Session) -> None:
    walk = Walk()
    assert walk.wish("notice", 1)
    assert walk.wish("dispute", 1)
    assert not walk.wish("end", 1)
    endings.dispute(walk.one, hearing_on=walk.on + timedelta(days=7), by=walk.by, on=walk.on)
    assert not walk.wish("end", 6)
    assert walk.wish("goes_on", 1)
    assert walk.one.state is S.ACTIVE
