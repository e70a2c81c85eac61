"""Hand the fictional county's closed months to its general ledger, and bring its answer."""

import uuid
from datetime import time, timedelta

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.fund.county import queries, services, strings
from diversion.fund.county.acknowledging import acknowledge
from diversion.fund.county.models import Format
from diversion.fund.county.services import Layout
from diversion.ledger import queries as ledger
from diversion.staff.models import Staff

TAKEN, SPENT = (4010, 4200, 4300), (5010, 5020, 5030, 5040)
LATEST = 2  # so many closed months still wait for somebody to hand them over


def plan_batches(stage: Stage, *, by: Staff) -> None:
    """Let the accountant hand over what was closed by the day before yesterday."""
    stage.add(stage.first_day, time(8), lambda: _name_accounts(by))
    stage.add(stage.today - timedelta(days=2), time(16), lambda: _hand_over(stage, by))


def _name_accounts(by: Staff) -> None:
    """Say under which accounts the county books what comes and goes."""
    stands = {each.code: each.county_string for each in ledger.accounts()}
    wanted = {code: f"215-1805-{code}00-HT" for code in (*TAKEN, *SPENT)}
    strings.change(wanted, seen=strings.state(stands), by=by)


def _hand_over(stage: Stage, by: Staff) -> None:
    today = stage.today - timedelta(days=2)
    closed = [each for each in queries.waiting(today) if each.day is None and each.period]
    made = [
        services.make(
            each, Layout(Format.CSV, is_detailed=False), by=by, on=today, now=clock.now(),
            key=str(uuid.UUID(int=stage.random.getrandbits(128))),
        )
        for each in closed[:-LATEST]
    ]  # fmt: skip
    answer = "".join(f"{batch.number},JE-{4700 + n}\n" for n, batch in enumerate(made[:-1], 1))
    if answer:
        acknowledge(f"Batch,County number\n{answer}".encode(), by=by, now=clock.now())
