"""The roll page of 40, one mark, and 30 marks, beside their limits.

Source of the targets: performance.md, section 3.
"""

import uuid
from functools import partial

from benchmarks import guarded, limits
from benchmarks.county import Class, statements, with_a_class
from benchmarks.report import Row
from benchmarks.timing import Job, in_turn
from diversion.core import clock

PEOPLE = 40


def page(people: int = PEOPLE) -> Job:
    made = with_a_class(people)
    return partial(_get, made)


def one_mark() -> Job:
    made = with_a_class(PEOPLE)
    return partial(_post, made, _pass_of(made), 1)


def thirty_marks() -> Job:
    made = with_a_class(PEOPLE)
    return partial(_post, made, _pass_of(made), 30)


def _pass_of(made: Class) -> str:
    page = made.client.get(f"/roll/{made.handle}").get_data(as_text=True)
    return page.partition('data-pass="')[2].partition('"')[0]


def _get(made: Class) -> None:
    answer = made.client.get(f"/roll/{made.handle}")
    if answer.status_code != 200:
        raise RuntimeError(answer.status)


def _post(made: Class, sealed: str, count: int) -> None:
    marks = [
        {
            "op": str(uuid.uuid4()), "registration": handle, "value": "here",
            "at": clock.now().isoformat(), "base_version": 0, "device": "bench",
        }
        for handle in made.registrations[:count]
    ]  # fmt: skip
    sent = {"pass": sealed, "marks": marks, "since": 10**6}  # a device that knows what is marked
    answer = made.client.post(f"/roll/{made.handle}/marks", json=sent)
    if answer.status_code != 200:
        raise RuntimeError(answer.status)


def measure() -> list[Row]:
    """Measure all three and return the rows of the report."""
    found = in_turn(
        {
            "limit page": limits.signed_in_page, "page": page, "guarded page": guarded.page,
            "limit mark": limits.hello_and_full_mark, "mark": one_mark, "thirty": thirty_marks,
        },
        rounds=150,
    )  # fmt: skip
    return [
        Row("roll page of 40", found["page"], found["limit page"], 4, statements(page()),
            found["guarded page"]),
        Row("mark one", found["mark"], found["limit mark"], 4, statements(one_mark())),
        Row("mark 30", found["thirty"], found["mark"], 2, statements(thirty_marks())),
    ]  # fmt: skip
