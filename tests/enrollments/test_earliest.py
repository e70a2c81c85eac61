"""The earliest day on which all can be true is never too early, and never later than it must be."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.earliest import (
    Facts,
    all_together,
    period_over,
    possible,
    record_clear,
)
from diversion.enrollments.conditions.rules import Standing

K = ConditionKind
TODAY = date(2026, 11, 20)
DAYS = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
MAYBE = st.none() | DAYS
STANDINGS = st.lists(
    st.builds(
        Standing, kind=st.sampled_from([K.CLASS, K.FEE, K.ESSAY, K.NO_NEW_ARREST]),
        label=st.just("x"), unit=st.just(""), wanted=st.integers(1, 3), done=st.integers(0, 3),
        due_on=MAYBE, excused=st.booleans(),
    ),
    max_size=5,
)  # fmt: skip
FACTS = st.builds(
    Facts, today=st.just(TODAY), period_ends_on=MAYBE,
    offered=st.fixed_dictionaries({K.CLASS: MAYBE}),
    lost=st.integers(0, 60), clear_since=MAYBE,
)  # fmt: skip


@given(STANDINGS, FACTS)
def test_it_is_the_latest_of_what_each_part_allows(standings: list[Standing], facts: Facts) -> None:
    wanted = [each for each in standings if each.kind is not K.NO_NEW_ARREST]
    days = [possible(each, facts) for each in wanted]
    found = all_together(standings, facts)
    without_a_day = any(
        each.kind is K.CLASS and not each.met and facts.offered[K.CLASS] is None for each in wanted
    )
    assert (found is None) == without_a_day
    if found is not None:
        parts = [*days, period_over(facts), record_clear(facts)]
        assert found >= TODAY
        assert found in parts
        assert all(day is not None and day <= found for day in parts)


@given(STANDINGS, FACTS, st.integers(0, 90))
def test_a_longer_pause_or_a_later_class_never_makes_it_earlier(
    standings: list[Standing], facts: Facts, more: int
) -> None:
    offered = facts.offered[K.CLASS]
    later = Facts(
        TODAY, facts.period_ends_on,
        {K.CLASS: offered + timedelta(days=more) if offered else None}, facts.lost + more,
        facts.clear_since,
    )  # fmt: skip
    before, after = all_together(standings, facts), all_together(standings, later)
    assert before is None or (after is not None and after >= before)


@given(STANDINGS, FACTS)
def test_doing_something_never_makes_it_later(standings: list[Standing], facts: Facts) -> None:
    done = [
        Standing(each.kind, each.label, "", each.wanted, each.wanted, each.due_on, each.excused)
        for each in standings
    ]
    before, after = all_together(standings, facts), all_together(done, facts)
    assert after is not None
    assert before is None or after <= before
