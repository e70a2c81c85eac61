"""Marks of several devices, in any order and any number of times: none lost, none doubled."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.errors import NotYours
from diversion.sbad.attendance import certifying, differing, latest, queries, services
from diversion.sbad.attendance.marks import RollFinished
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.attendance.rules import (
    BLANK,
    IN_THE_ROOM,
    Current,
    Mark,
    Presence,
    attended,
)
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff
from tests.factories.sbad import (
    CLASS_DAY,
    MODULES,
    at,
    coordinator,
    instructor,
    make_class,
    make_registered,
    make_roster,
)

PEOPLE = 2
LENGTHS = tuple(minutes for _name, minutes in MODULES)


@dataclass(frozen=True)
class Sent:
    """An operation as a device makes it: which device, whom, what, when, having seen what.

    `module` is the roll: 0 that of the whole day.
    """

    device: int
    row: int
    value: Presence
    minute: int
    seen: int
    module: int


sent = st.builds(
    Sent, st.integers(0, 2), st.integers(0, PEOPLE - 1), st.sampled_from(Presence),
    st.integers(0, 59), st.integers(0, 4), st.sampled_from([0, 0, 1, 3]),
)  # fmt: skip


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Sent], list[int]]:
    """Return operations, and the order in which they arrive: each at least once."""
    made = draw(st.lists(sent, min_size=1, max_size=7))
    order = draw(
        st.permutations(
            [*range(len(made)), *draw(st.lists(st.integers(0, len(made) - 1), max_size=5))]
        )
    )
    return made, list(order)


@dataclass
class Roll:
    """A class day, its people, and three people who mark."""

    session: ClassSession
    rows: list[Registration]
    staff: list[Staff]
    stranger: Registration


@pytest.fixture
def roll(session: Session) -> Roll:
    office = coordinator()
    staff = [instructor(), instructor("Ana Ruiz"), office]
    day = make_class(office, instructors=staff[:2])
    other = make_class(office, held_on=CLASS_DAY - timedelta(days=1), instructors=staff[:2])
    return Roll(day, make_roster(day, office, PEOPLE), staff, make_registered(other, office))


def mark_of(roll: Roll, number: int, each: Sent) -> Mark:
    return Mark(
        f"operation-{number}", roll.rows[each.row].handle, each.value,
        at(17, each.minute), each.seen, None, f"device-{each.device}", module=each.module,
    )  # fmt: skip


def test_no_order_of_arrival_loses_or_doubles_a_mark(session: Session, roll: Roll) -> None:
    try_many(session, roll, 20)


@pytest.mark.soak
def test_no_order_of_arrival_loses_or_doubles_a_mark_often(session: Session, roll: Roll) -> None:
    try_many(session, roll, 1500)


def try_many(session: Session, roll: Roll, examples: int) -> None:
    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck),
        database=None,
    )  # fmt: skip
    @given(deliveries())
    def any_order(case: tuple[list[Sent], list[int]]) -> None:
        with session.begin_nested() as savepoint:
            try_one(session, roll, *case)
            savepoint.rollback()
        session.expire_all()

    any_order()


def try_one(session: Session, roll: Roll, made: list[Sent], order: list[int]) -> None:
    arrived: list[int] = []
    for number in order:
        mark = mark_of(roll, number, made[number])
        by = roll.staff[made[number].device]
        take(roll, by, mark)
        if number not in arrived:
            arrived.append(number)
    kept = session.scalars(select(AttendanceMark).order_by(AttendanceMark.id)).all()
    assert [each.op for each in kept] == [f"operation-{number}" for number in arrived]
    assert [each.value for each in kept] == [made[number].value for number in arrived]
    assert [each.marked_at for each in kept] == [at(17, made[n].minute) for n in arrived]
    for place, row in enumerate(roll.rows):
        theirs = [n for n in arrived if made[n].row == place]
        present = [check_roll(row, module, theirs, made) for module in (0, 1, 2, 3)]
        check_day(queries.current_one(row.id), present)
        assert len(queries.history(row.id)) == len(theirs)
    illegal_moves(roll, made, order)


def check_roll(row: Registration, module: int, theirs: list[int], made: list[Sent]) -> Presence:
    """Follow one roll by hand: what is present, and whether two people disagree."""
    standing: int | None = None
    differs, version = False, 0
    arrived = [number for number in theirs if made[number].module == module]
    for count, number in enumerate(theirs, start=1):
        each = made[number]
        before_it = arrived[: arrived.index(number)] if number in arrived else []
        own = [made[n].minute for n in before_it if made[n].device == each.device]
        if number not in arrived or (own and each.minute < max(own)):
            continue
        before = None if standing is None else made[standing]
        differs = (
            before is not None
            and before.device != each.device
            and before.value not in {each.value, Presence.UNMARKED}
            and each.seen < version
        )
        standing, version = number, count
    current = latest.standing_of([row.id]).get((row.id, module), BLANK)
    if differs:  # both values of a conflict are there to choose from
        apart = differing.seen_by(0, [row.id])[row.id, module]
        assert current.value in {apart.yours.value, apart.theirs.value}
        assert apart.yours.value is not apart.theirs.value
    assert current.value is (BLANK.value if standing is None else made[standing].value)
    assert current.is_conflict == differs
    return current.value


def check_day(day: Current, rolls: list[Presence]) -> None:
    """A module counts when it is marked, there or for the day, and no mark says otherwise."""
    whole, *modules = rolls
    expected = {
        place
        for place, own in enumerate(modules)
        if {whole, own} - {Presence.UNMARKED} and {whole, own} <= {*IN_THE_ROOM, Presence.UNMARKED}
    }
    assert attended(day, LENGTHS, 15) == expected
    marked = Presence.UNMARKED not in modules or whole is not Presence.UNMARKED
    assert day.is_open(len(modules)) != marked


def illegal_moves(roll: Roll, made: list[Sent], order: list[int]) -> None:
    again = mark_of(roll, order[0], made[order[0]])
    by = roll.staff[made[order[0]].device]
    with pytest.raises(NotYours):
        take(roll, by, replace(again, op="another-operation", registration=roll.stranger.handle))
    left = certifying.hindrance(roll.session)
    if left:
        with pytest.raises(certifying.Blanks if left.blanks else certifying.Differing):
            certifying.finish(roll.session, by=by, on=CLASS_DAY, now=at(23))
        return
    certifying.finish(roll.session, by=by, on=CLASS_DAY, now=at(23))
    take(roll, by, again)  # its answer was lost: it is given again, and nothing is added
    with pytest.raises(RollFinished):
        take(roll, by, replace(again, op="another-operation", device=""))
    signed = [queries.current_one(row.id) for row in roll.rows]
    take(roll, by, replace(again, op="a-late-operation"))  # kept, and the roll stays as it is
    assert [queries.current_one(row.id) for row in roll.rows] == signed
    assert latest.by_op(["a-late-operation"])


def take(roll: Roll, by: Staff, mark: Mark) -> None:
    (answer,) = services.record(roll.session, [mark], by=by, on=CLASS_DAY, now=at(18))
    assert answer.op == mark.op
