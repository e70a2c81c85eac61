"""Keep import runs: the same file twice is nothing, and a run can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.imports import queries
from diversion.enrollments.imports.models import ImportedObject, ImportRun
from diversion.staff.models import Staff

Undo = Callable[[Sequence[int]], None]


class AlreadyUndone(Refused):
    """A run is taken back once."""

    sentence = _("This import was undone before.")


class NothingToImport(Refused):
    """An import that would create nobody is not begun."""

    sentence = _("Nobody in this file is new. Nothing was changed.")


class BuiltOn(Refused):
    """What later work rests on is not taken away from under it."""

    sentence = _("Work was added to what this import made, so it can't be undone any more.")


def start(
    track: Track, file_kind: str, sha256: str, *, by: Staff, now: datetime
) -> tuple[ImportRun, bool]:
    """Return the run of this file, and whether it is a new one.

    The same content that was read in before gives the earlier run and False: the
    caller then changes nothing.
    """
    earlier = queries.standing_run(track, file_kind, sha256)
    if earlier is not None:
        return earlier, False
    made = ImportRun(
        track=track, file_kind=file_kind, sha256=sha256, counts={}, done_at=now, done_by=by.id
    )
    db.session.add(made)
    db.session.flush()
    return made, True


def note(run: ImportRun, kind: str, object_id: int) -> None:
    """Remember that a run made a row."""
    db.session.add(ImportedObject(run_id=run.id, kind=kind, object_id=object_id))


def finish(run: ImportRun, counts: Mapping[str, int], *, by: Staff) -> None:
    """Keep what came of a run; what was sealed until now is its own work."""
    run.counts, run.done_at = dict(counts), clock.now()
    db.session.flush()
    rows = sum(counts.values())
    record(Act.IMPORT_DONE, f"import:{run.handle}", by=by, track=run.track, rows=rows)


def undo(run: ImportRun, undoers: Mapping[str, Undo], *, by: Staff, now: datetime) -> None:
    """Take a run back: every kind of row by the function its floor gives, in that order.

    Each function gets all row numbers of its kind and raises BuiltOn if later work
    rests on one. Raises AlreadyUndone. A kind without a function is a mistake.
    """
    if run.undone_at is not None:
        raise AlreadyUndone
    made = queries.objects(run.id)
    if missing := set(made) - set(undoers):
        raise KeyError(sorted(missing))
    for kind, take_back in undoers.items():
        if made.get(kind):
            take_back(made[kind])
    run.undone_at, run.undone_by = now, by.id
    db.session.flush()
    record(Act.IMPORT_UNDONE, f"import:{run.handle}", by=by, track=run.track)
