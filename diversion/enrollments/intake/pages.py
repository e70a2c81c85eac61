"""Lay out the pages of an intake for both programs: tasks, the next one, and the first page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.audit.models import Act
from diversion.core.errors import NotYours, Refused
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import WhyReopened
from diversion.enrollments.intake import queries, services
from diversion.enrollments.intake.drafts import Draft
from diversion.enrollments.intake.forms import StartForm
from diversion.enrollments.intake.parts import Part, named
from diversion.enrollments.intake.services import Begun, Sent
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals import services as referrals
from diversion.enrollments.standing import Place, place
from diversion.participants import access
from diversion.participants.identity import NOBODY
from diversion.partners.agencies.models import Organization, OrganizationKind
from diversion.partners.agencies.queries import organizations
from diversion.staff.models import Staff
from diversion.web.forms import choices
from diversion.web.paging import Page, page_of

DONE, OPEN, LATER = _("Done"), _("Not started"), _("Opens later")


class NotReady(Refused):
    """A part opens when what it rests on is done."""

    sentence = _("This part opens when the parts before it are done.")


class NoReason(Refused):
    """A decision against somebody is taken back for a reason."""

    sentence = _("Choose why you look again.")


class Settled(Refused):
    """What was decided or signed is not changed from the intake."""

    sentence = _("This was saved before and is not changed here.")


@dataclass(frozen=True)
class Task:
    """One line of the task list; `leads` says whether its page opens."""

    part: Part
    state: Sentence
    tone: str
    leads: bool


def tasks(draft: Draft, parts: Sequence[Part], *, decides_only: bool) -> list[Task]:
    """Return the tasks; whoever decides only opens only the pages of the decision."""
    return [_task(draft, part, decides_only) for part in parts]


def _task(draft: Draft, part: Part, decides_only: bool) -> Task:
    done, ready = part.done(draft), part.ready(draft)
    state, tone = (DONE, "ok") if done else (OPEN, "plain") if ready else (LATER, "plain")
    leads = ready and not part.settled(draft) and (part.decides or not decides_only)
    return Task(part, state, tone, leads)


def upcoming(found: Sequence[Task], *, after: str = "") -> Part | None:
    """Return the part to go on with: the first that is open and not done.

    Whoever comes from the part called `after` is not led back before it: what was skipped
    stays skipped.
    """
    keys = [task.part.key for task in found]
    rest = found[keys.index(after) + 1 :] if after in keys else found
    return next((task.part for task in rest if task.leads and task.state is not DONE), None)


def part_of(parts: Sequence[Part], key: str, *, decides_only: bool) -> Part:
    """Return the part that an address names. Raises NotYours."""
    for part in parts:
        if part.key == key and (part.decides or not decides_only):
            return part
    raise NotYours


def agencies(senders: Collection[OrganizationKind], on: date) -> dict[str, Organization]:
    """Return who may have sent somebody, by handle."""
    return {each.handle: each for each in organizations(on, senders)}


def start_form(known: Mapping[str, Organization], on: date) -> StartForm:
    """Return the form of the first page, with the agencies that are known."""
    form = StartForm(referred_on=on)
    form.agency.choices = choices({handle: each.name for handle, each in known.items()})
    if form.decision.choices is None:
        form.decision.choices = []
    form.decision.validate_choice = False
    return form


def begin(
    track: Track, form: Any, known: Mapping[str, Organization], *, by: Staff, on: date
) -> Begun:
    """Begin an intake from what was typed on the first page."""
    return services.begin(
        track,
        named(form, NOBODY),
        Sent(form.source.data, known.get(form.agency.data), form.referred_on.data or on),
        language=form.language.data,
        decision=form.decision.data or "",
        key=form.key,
        by=by,
        on=on,
    )


def ask_again(form: Any, begun: Begun) -> None:
    """Put the people who may be the same into the form, and give it a new key."""
    form.op.data = StartForm.new_key()
    form.decision.choices = choices(
        {
            **{each.number: each.number for each in begun.alike},
            services.SOMEONE_ELSE: _("Someone else"),
        }
    )


def save(part: Part, draft: Draft, form: Any, *, by: Staff, on: date) -> None:
    """Save a page. Raises Settled, NotReady."""
    if part.settled(draft):
        raise Settled
    if not part.ready(draft):
        raise NotReady
    part.save(draft, form, by, on)


def enrolled(draft: Draft) -> Enrollment:
    """Return the enrollment of an intake whose offer was accepted. Raises NotReady."""
    if draft.enrollment is None:
        raise NotReady
    return draft.enrollment


def look_again(draft: Draft, reason: WhyReopened | None, *, by: Staff, on: date) -> None:
    """Reopen what was decided against, or offer again after a no. Raises NoReason."""
    if not draft.is_refused:
        referrals.offer(draft.referral, by=by, on=on)
    elif reason is None:
        raise NoReason
    else:
        referrals.reopen(draft.referral, reason=reason, by=by, on=on)


@dataclass(frozen=True)
class Line:
    """An intake in a list; `name` was opened, and the log says so."""

    handle: str
    number: str
    name: str
    referred_on: date
    place: Place


def under_way(track: Track, *, by: Staff) -> tuple[Page[Any], list[Line]]:
    """Return the page of unfinished intakes that the address asks for. Inside `with reading():`."""
    found = page_of(queries.under_way(track, access.visible_to(by, track)))
    people = {row.participant_id for row in found.rows}
    names = access.open_names(people, track, by=by, why=Act.NAMES_SHOWN, about="list:intakes")
    return found, [
        Line(
            row.handle, row.number, names[row.participant_id].shown, row.referred_on,
            place(row.enrollment_state, row.state),
        )
        for row in found.rows
        if row.participant_id in names
    ]  # fmt: skip
