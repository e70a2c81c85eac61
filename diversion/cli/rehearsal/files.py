"""Let somebody of the fictional county ask for a file that a job makes."""

from datetime import date, time, timedelta

from diversion.cli.rehearsal.stage import REHEARSAL, Stage
from diversion.core import clock
from diversion.core.origin import coming_from
from diversion.fund.exports import services as exports
from diversion.fund.exports.asked.jobs import make_asked_files
from diversion.fund.exports.asked.services import ask
from diversion.fund.leaving.models import FileKind, Purpose
from diversion.ledger import queries as ledger
from diversion.staff.models import Staff


def plan_file(stage: Stage, *, by: Staff) -> None:
    """Let an auditor ask for all of the books on the day before."""
    yesterday = stage.today - timedelta(days=1)
    stage.add(yesterday, time(16, 20), lambda: _ask(yesterday, by))


def make_files() -> None:
    """Make what was asked for, as the scheduler would."""
    with coming_from(REHEARSAL):
        make_asked_files()


def _ask(last: date, by: Staff) -> None:
    if ledger.head().number:
        wanted = exports.as_of(FileKind.CSV_AUDIT, exports.WHOLE_FROM, last)
        ask(wanted, Purpose.AUDIT, by=by, now=clock.now())
