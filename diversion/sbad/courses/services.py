"""Take a course out of use, and say who presents the modules of a class day."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.partners.agencies import services as agencies
from diversion.partners.agencies.models import Member, MemberKind
from diversion.partners.agencies.queries import member_named
from diversion.sbad.classes.models import ClassPresenter, ClassSession, Course
from diversion.staff.models import Staff


class RetiredBefore(Refused):
    """A course is taken out of use once; classes that were planned keep it."""

    sentence = _("This course is out of use already.")


def retire(course: Course, *, by: Staff, on: date) -> None:
    """Offer a course for no new class. Raises RetiredBefore."""
    if course.retired_on is not None:
        raise RetiredBefore
    course.retired_on = on
    db.session.flush()
    record(Act.COURSE_RETIRED, f"course:{course.handle}", by=by, track=Track.SBAD)


def present(session: ClassSession, names: Mapping[int, str], *, by: Staff, on: date) -> None:
    """Say who presents which module, by the module's id; an empty name is nobody.

    A name that is not known yet is added as a presenter. Raises ClassIsOver.
    """
    session.check_not_over()
    db.session.execute(delete(ClassPresenter).filter_by(class_session_id=session.id))
    for module in session.course.modules:
        if name := names.get(module.id, "").strip():
            member = _member(name, by, on)
            db.session.add(
                ClassPresenter(
                    class_session_id=session.id, course_module_id=module.id, member_id=member.id
                )
            )  # fmt: skip
    db.session.flush()
    record(Act.CLASS_CHANGED, f"class:{session.handle}", by=by, track=Track.SBAD)


def presenters(session_id: int) -> dict[int, str]:
    """Return the names of who presents, by the module's id."""
    rows = db.session.execute(
        select(ClassPresenter.course_module_id, Member.name)
        .join(Member, Member.id == ClassPresenter.member_id)
        .where(ClassPresenter.class_session_id == session_id)
    )
    return {row[0]: row[1] for row in rows}


def _member(name: str, by: Staff, on: date) -> Member:
    kind = MemberKind.PRESENTER
    return member_named(kind, name) or agencies.add_member(kind, name, by=by, on=on)
