"""Ask for import runs and what they made."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.tracks import Track
from diversion.enrollments.imports.models import ImportedObject, ImportRun


def standing_run(track: Track, file_kind: str, sha256: str) -> ImportRun | None:
    """Return the run that read this content in and was not undone."""
    return db.session.scalars(
        select(ImportRun).filter_by(track=track, file_kind=file_kind, sha256=sha256, undone_at=None)
    ).one_or_none()


def runs(track: Track, limit: int = 50) -> Sequence[ImportRun]:
    """Return the latest runs of a track."""
    return db.session.scalars(
        select(ImportRun).filter_by(track=track).order_by(ImportRun.id.desc()).limit(limit)
    ).all()


def run_for(handle: str, track: Track) -> ImportRun:
    return the_one(select(ImportRun).filter_by(handle=handle, track=track))


def objects(run_id: int) -> dict[str, list[int]]:
    """Return the numbers of the rows that a run made, by kind, in the order they were made."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = select(ImportedObject.kind, ImportedObject.object_id).filter_by(run_id=run_id)
    for kind, object_id in db.session.execute(rows.order_by(ImportedObject.id)):
        found[kind].append(object_id)
    return dict(found)
