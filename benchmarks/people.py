"""A docket day of 100 lines and the page of one participant, beside their limits.

Source of the targets: performance.md, section 3.
"""

from functools import partial

from flask.testing import FlaskClient

from benchmarks import guarded, limits
from benchmarks.county import empty, statements
from benchmarks.report import Row
from benchmarks.timing import Job, in_turn
from diversion.community_court.appearances import services as appearances
from diversion.core.database import transaction
from diversion.staff.permissions import Role
from tests.factories import community_court as court
from tests.factories.staff import make_staff, sign_in

LINES = 100


def docket(lines: int = LINES) -> Job:
    """Make the job: open the bench view of a docket day."""
    return partial(_get, *_a_day(lines)[:2])


def participant() -> Job:
    """Make the job: open the page of someone on that day."""
    client, _bench, person = _a_day(4)
    return partial(_get, client, person)


def _a_day(lines: int) -> tuple[FlaskClient, str, str]:
    app = empty()
    with app.app_context(), transaction():
        by = make_staff(Role.COURT_COORDINATOR)
        day = court.make_docket(by, capacity=lines)
        people = court.make_people(by, lines)
        appearances.put_on(day, [each.id for each in people], by=by, now=court.NOW)
        bench = f"/court/dockets/{day.handle}/bench"
        person = f"/court/participants/{people[0].number}"
    client = app.test_client()
    sign_in(client, by)
    return client, bench, person


def _get(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(answer.status)


def measure() -> list[Row]:
    """Measure both and return the rows of the report."""
    found = in_turn(
        {
            "limit 100": partial(limits.signed_in_page, LINES), "docket": docket,
            "guarded 100": partial(guarded.page, LINES), "limit 40": limits.signed_in_page,
            "participant": participant, "guarded 1": partial(guarded.page, 1),
        },
        rounds=60,
    )  # fmt: skip
    day, person = found["docket"], found["participant"]
    return [
        Row("docket day of 100", day, found["limit 100"], 6, statements(docket()),
            found["guarded 100"]),
        Row("participant page", person, found["limit 40"], 5, statements(participant()),
            found["guarded 1"]),
    ]  # fmt: skip
