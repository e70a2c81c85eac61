"""Collect a person's whole page from every room of this side and from below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _, counted
from diversion.enrollments.codes import ConditionKind, EnrollmentState
from diversion.enrollments.dismissal.queries import set_aside_of
from diversion.enrollments.lifecycle.queries import open_notice
from diversion.enrollments.people import happened
from diversion.enrollments.people.files import File, open_whole
from diversion.enrollments.people.missing import with_names
from diversion.enrollments.people.rules import UNDER_WAY, Sight
from diversion.enrollments.people.timeline import Entry, Kind, laid_out, writers
from diversion.enrollments.people.whole import Coming, Whole, conditions_met
from diversion.fees.queries import charges
from diversion.participants.assignments.queries import standing_of
from diversion.sbad.attendance.queries import current_of
from diversion.sbad.attendance.rules import IN_THE_ROOM, Presence
from diversion.sbad.classes.models import ClassState
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.models import SEATED, RegistrationState
from diversion.sbad.rosters.queries import Booked
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.filters import day, words


@dataclass(frozen=True)
class Page(Whole):
    """The page of somebody in the class program, and whether a class day can be chosen now."""

    can_register: bool

    @property
    def why(self) -> str:
        return url_for("sbad.completion.show", number=self.file.participant.number)


def whole(number: str, *, by: Staff, on: date, kind: str = "", all_of_it: bool = False) -> Page:
    """Return the page of a person. Inside `with reading():`. Raises NotYours."""
    file = open_whole(number, Track.SBAD, by=by, on=on)
    person = file.participant
    booked = rosters.of_participant(person.id)
    marks = current_of([each.registration_id for each in booked])
    presence = {number: mark.value for number, mark in marks.items()}
    charged = charges(person.id) if by.may(Permission.FEE_READ) else []
    given = standing_of(person, on=on)
    entries = [
        *happened.entries(person.id),
        *_classes(booked, presence, on),
        *(_charge(each) for each in charged if not each.undone),
    ]
    asked = writers(entries) | file.explained.writers() | {who for who, _why in given}
    names = names_of(asked)
    seats = [each for each in booked if each.is_to_come(on)]
    return Page(
        file=file,
        sees=_sight(by),
        explained=with_names(file.explained, names, on),
        facts=[
            _class_fact(file, seats),
            *([_fee_fact(charged)] if by.may(Permission.FEE_READ) else []),
            *conditions_met(file.explained),
            _time_fact(file, on),
        ],
        timeline=laid_out(entries, names, on, kind=kind, whole=all_of_it),
        coming=_coming(file, seats, charged, on),
        alerts=[],
        people=[(words(why), names.get(who, "")) for who, why in given],
        can_register=not seats and _wants_class(file),
    )


def _sight(by: Staff) -> Sight:
    writes = by.may(Permission.SBAD_FILE_WRITE)
    return Sight(amend=writes, looks=writes)


def _wants_class(file: File) -> bool:
    standing = file.explained.of(ConditionKind.CLASS)
    is_open = file.enrollment is not None and file.enrollment.state in UNDER_WAY | {
        EnrollmentState.PENDING
    }
    return is_open and standing is not None and not standing.met


def _class_fact(file: File, seats: list[Booked]) -> dict[str, Any]:
    standing = file.explained.of(ConditionKind.CLASS)
    if standing is not None and standing.met:
        last = max((fact.happened_on for fact in standing.evidence), default=None)
        return {"name": _("Class"), "value": _("Done"), "text": day(last) if last else ""}
    if seats:
        return {"name": _("Class"), "value": day(seats[-1].held_on), "text": seats[-1].state.words}
    text: Sentence | str = ""
    if standing is not None and standing.done:
        text = _("{done} of {wanted}", done=standing.done, wanted=standing.wanted)
    return {"name": _("Class"), "value": _("No class day"), "text": text}


def _fee_fact(charged: list[Any]) -> dict[str, Any]:
    owed = Money.total(each.open for each in charged)
    if not charged:
        return {"name": _("Fee"), "value": "–", "text": _("Nothing charged")}
    if owed == ZERO:
        return {"name": _("Fee"), "value": _("Cleared"), "text": _("Nothing owed")}
    return {"name": _("Fee"), "value": str(owed), "text": _("Still owed")}


def _time_fact(file: File, on: date) -> dict[str, Any]:
    name, enrollment = _("Time to go"), file.enrollment
    if enrollment is None or enrollment.state is EnrollmentState.PENDING:
        return {"name": name, "value": "–", "text": _("Not begun")}
    if enrollment.closed_on is not None:
        return {"name": _("Ended"), "value": day(enrollment.closed_on), "text": ""}
    until = enrollment.monitored_until_on
    if until is None:
        return {"name": name, "value": "–", "text": _("No waiting period")}
    months = (until.year - on.year) * 12 + until.month - on.month - (until.day < on.day)
    if until < on:
        left = _("Over")
    elif months >= 2:
        left = _("{count} months", count=months)
    else:
        left = counted("1 day", "{count} days", (until - on).days)
    return {"name": name, "value": left, "text": _("Until {day}", day=day(until))}


def _classes(booked: Iterable[Booked], presence: dict[int, Presence], on: date) -> Iterable[Entry]:
    for each in booked:
        mark = presence.get(each.registration_id, Presence.UNMARKED)
        title, tone, picture = _class_title(each, mark)
        yield Entry(
            Kind.CLASS, each.held_on, title, text=each.class_state.words, tone=tone,
            picture=picture,
        )  # fmt: skip


def _class_title(each: Booked, mark: Presence) -> tuple[Sentence, str, str]:
    if each.class_state is ClassState.CANCELLED:
        return _("The class day was cancelled"), "", "ban"
    if each.state is RegistrationState.CANCELLED:
        return _("The seat was given back"), "", "minus"
    if each.state is RegistrationState.REBOOKED:
        return _("Moved to another class day"), "", "calendar"
    if mark is Presence.UNMARKED:
        title = _("Has a seat in the class") if each.state in SEATED else _("Waits for a seat")
        return title, "", "calendar"
    if mark in IN_THE_ROOM:
        return mark.words, "ok", "check"
    return mark.words, "" if mark is Presence.EXCUSED else "absent", "minus"


def _charge(each: Any) -> Entry:
    text = _("{amount}, due {day}", amount=str(each.amount), day=day(each.due_on))
    return Entry(Kind.MONEY, each.assessed_on, _("The fee was charged"), text=text,
                 picture="file-text")  # fmt: skip


def _coming(file: File, seats: list[Booked], charged: list[Any], on: date) -> list[Coming]:
    found = [Coming(each.held_on, each.starts, _("Class")) for each in seats]
    found += [
        Coming(each.due_on, None, _("Fee due") if each.due_on >= on else _("Fee was due"))
        for each in charged if each.open > ZERO
    ]  # fmt: skip
    until = file.enrollment.monitored_until_on if file.enrollment else None
    if until is not None and until >= on and file.enrollment and not file.enrollment.closed_on:
        found.append(Coming(until, None, _("Waiting period ends")))
    heard = _hearing(file)
    if heard is not None and heard >= on:
        found.append(Coming(heard, None, _("Hearing about the notice")))
    aside = set_aside_of(file.enrollment.id) if file.enrollment else None
    if aside is not None and aside.confirmed_on is None:
        found.append(Coming(aside.eligible_on, None, _("Record can be set aside")))
    return sorted(found, key=lambda each: each.on)


def _hearing(file: File) -> date | None:
    enrollment = file.enrollment
    if enrollment is None or enrollment.state is not EnrollmentState.TERMINATION_PENDING:
        return None
    notice = open_notice(enrollment.id)
    return notice.hearing_on if notice else None
