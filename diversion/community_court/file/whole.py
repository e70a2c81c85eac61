"""Collect a person's whole page from every room of this side and from below. No money, ever."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from diversion.community_court.appearances import decisions
from diversion.community_court.appearances.queries import Line, lines_of
from diversion.community_court.counseling.queries import provider_of
from diversion.community_court.file.court import decided, in_court, warrants
from diversion.community_court.file.rules import sight
from diversion.community_court.mentors.models import ContactFact
from diversion.community_court.mentors.queries import contacts_of, mentor_of
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _, counted
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.rules import Standing
from diversion.enrollments.people import happened
from diversion.enrollments.people.files import open_whole
from diversion.enrollments.people.missing import Explained, with_names
from diversion.enrollments.people.timeline import Entry, Kind, laid_out, writers
from diversion.enrollments.people.whole import Coming, Whole, conditions_met
from diversion.staff.models import Staff
from diversion.staff.queries import names_of
from diversion.web.filters import clock_time, day, words

TAPS = ((ConditionKind.COUNSELING, _("Counseling")), (ConditionKind.MENTOR_CONTACT, _("Mentor")))


def whole(number: str, *, by: Staff, on: date, kind: str = "", all_of_it: bool = False) -> Whole:
    """Return the page of a person. Inside `with reading():`. Raises NotYours."""
    file, sees = open_whole(number, Track.COMMUNITY_COURT, by=by, on=on), sight(by.roles)
    person = file.participant
    settings = lines_of(person.id) if sees.facts else []
    judged = decisions.of_person(person.id) if sees.facts else []
    contacts = [each for each in contacts_of(person.id) if sees.facts or each.recorded_by == by.id]
    entries = [*_contacts(contacts)]
    if sees.facts:
        entries += [
            *happened.entries(person.id), *in_court(settings), *decided(judged),
            *_sessions(file.explained),
        ]  # fmt: skip
    names = names_of(writers(entries) | file.explained.writers())
    coming = _coming(settings, contacts, on)
    return Whole(
        file=file,
        sees=sees,
        explained=with_names(file.explained, names, on),
        facts=_facts(file.explained, coming) if sees.facts else _own(contacts),
        timeline=laid_out(entries, names, on, kind=kind, whole=all_of_it),
        coming=coming,
        people=_people(person.id, settings) if sees.facts else [],
        alerts=list(warrants(judged)),
    )


def _facts(known: Explained, coming: list[Coming]) -> list[dict[str, Any]]:
    found = [_count(known.of(kind), name) for kind, name in TAPS if known.of(kind)]
    found += conditions_met(known)
    court = next((each for each in coming if each.at is not None), None)
    found.append(
        {
            "name": _("Next docket"),
            "value": day(court.on) if court else _("No date yet"),
            "text": clock_time(court.at) if court and court.at else "",
        }
    )
    return found


def _count(standing: Standing | None, name: Sentence) -> dict[str, Any]:
    if standing is None:
        return {}
    last = max((fact.happened_on for fact in standing.evidence), default=None)
    return {
        "name": name,
        "value": _("{done} of {wanted}", done=standing.done, wanted=standing.wanted),
        "done": standing.done,
        "of": standing.wanted,
        "text": _("Last {day}", day=day(last)) if last else "",
    }


def _own(contacts: Sequence[ContactFact]) -> list[dict[str, Any]]:
    made = [each for each in contacts if each.made]
    last = day(made[0].happened_on) if made else _("None yet")
    return [{"name": _("Your contacts"), "value": str(len(made)), "text": last}]


def _contacts(contacts: Iterable[ContactFact]) -> Iterable[Entry]:
    for each in contacts:
        text: Sentence | str = (
            counted("1 minute", "{count} minutes", each.minutes) if each.minutes else ""
        )
        if each.next_on:
            text = (
                _("{said}. Next planned {day}", said=text, day=day(each.next_on))
                if text
                else _("Next planned {day}", day=day(each.next_on))
            )
        title = words(each.kind) if each.made else _("Tried, not reached")
        yield Entry(
            Kind.CONTACT, each.happened_on, title, text=text, by=each.recorded_by,
            at=each.recorded_at, picture="users" if each.made else "phone",
            tone="" if each.made else "warn",
        )  # fmt: skip


def _sessions(known: Explained) -> Iterable[Entry]:
    """Tell of counseling as far as it counts: that it was kept, never what was said."""
    for row in known.proof:
        if row.kind is ConditionKind.COUNSELING:
            title = _("Sessions kept") if row.quantity > 0 else _("Sessions taken back")
            count = _("{count} counted", count=abs(row.quantity))
            yield Entry(
                Kind.COUNSELING, row.happened_on, title, text=count, by=row.recorded_by,
                at=row.recorded_at, picture="check", tone="ok" if row.quantity > 0 else "",
            )  # fmt: skip


def _coming(settings: Iterable[Line], contacts: Iterable[ContactFact], on: date) -> list[Coming]:
    found = [
        Coming(each.held_on, each.starts, _("Court"))
        for each in settings
        if each.held_on >= on and each.result is None
    ]
    planned = {each.next_on for each in contacts if each.next_on and each.next_on >= on}
    found += [Coming(each, None, _("Mentor")) for each in planned]
    return sorted(found, key=lambda each: (each.on, each.at or time.max))


def _people(participant_id: int, settings: Sequence[Line]) -> list[tuple[Sentence, str]]:
    attorney = next((each.attorney for each in settings if each.attorney), "")
    return [
        (_("Mentor"), mentor_of(participant_id)),
        (_("Counselor"), provider_of(participant_id)),
        (_("Attorney"), attorney),
    ]
