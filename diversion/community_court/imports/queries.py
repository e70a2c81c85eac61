"""Ask whether later work rests on what an import made."""

from sqlalchemy import ColumnElement, Select, exists, or_, select

from diversion.community_court.appearances.models import Outcome, Setting
from diversion.community_court.mentors.models import ContactFact, MentorMatch
from diversion.core.database import db
from diversion.enrollments.agreements.models import Agreement
from diversion.enrollments.conditions.models import Evidence
from diversion.enrollments.imports.models import ImportedObject, ImportRun
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.models import Referral
from diversion.participants.models import Envelope


def is_built_on(run: ImportRun) -> bool:
    """Say whether anything about its people was added or changed by something else."""
    people = _made(run, "participant")
    later: tuple[ColumnElement[bool], ...] = (
        exists().where(Outcome.participant_id.in_(people)),
        exists().where(ContactFact.participant_id.in_(people)),
        exists().where(Agreement.participant_id.in_(people)),
        exists().where(Referral.participant_id.in_(people)),
        exists().where(Envelope.participant_id.in_(people), Envelope.sealed_at > run.done_at),
        exists().where(
            Evidence.participant_id.in_(people), Evidence.source != f"import:{run.handle}"
        ),
        exists().where(
            Setting.participant_id.in_(people), Setting.id.not_in(_made(run, "setting"))
        ),
        exists().where(
            MentorMatch.participant_id.in_(people), MentorMatch.id.not_in(_made(run, "match"))
        ),
        exists().where(
            Enrollment.participant_id.in_(people), Enrollment.id.not_in(_made(run, "enrollment"))
        ),
    )
    return bool(db.session.execute(select(or_(*later))).scalar_one())


def _made(run: ImportRun, kind: str) -> Select[int]:
    return select(ImportedObject.object_id).where(
        ImportedObject.run_id == run.id, ImportedObject.kind == kind
    )
