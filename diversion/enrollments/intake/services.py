"""Take somebody in: who it is, who sent them, and each page as it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments import queries as enrollments
from diversion.enrollments.codes import ReferralSource
from diversion.enrollments.intake import queries
from diversion.enrollments.referrals import services as referrals
from diversion.enrollments.referrals.models import OPEN, Referral
from diversion.participants import access
from diversion.participants import services as people
from diversion.participants.identity import Address, Identity, Phone
from diversion.participants.likeness import likely_same
from diversion.participants.models import Participant
from diversion.participants.safe_contact import SafeContact, Wording
from diversion.partners.agencies.models import Organization
from diversion.staff.models import Staff

SOMEONE_ELSE = "new"


@dataclass(frozen=True)
class Sent:
    """Who sent somebody, and when."""

    source: ReferralSource
    agency: Organization | None
    referred_on: date


@dataclass(frozen=True)
class Alike:
    """Somebody of this program who may be the same person, opened for the one who decides."""

    number: str
    identity: Identity


@dataclass(frozen=True)
class Begun:
    """What came of the first page: an intake, someone already in the program, or a question."""

    handle: str = ""
    enrolled: str = ""
    alike: tuple[Alike, ...] = ()


def begin(
    track: Track,
    identity: Identity,
    sent: Sent,
    *,
    language: str,
    decision: str = "",
    key: str,
    by: Staff,
    on: date,
) -> Begun:
    """Begin an intake, once however often the form arrives.

    Without a `decision`, people of this track who may be the same are returned instead.
    `decision` is `new` or the number of the record; the log says which. Raises NotYours.
    """
    asked = {"track": track, "identity": identity.to_json(), "sent": sent, "decision": decision}
    earlier = once.claim(key, once.request_hash("intake", asked))
    if earlier:
        return Begun(handle=earlier)
    alike = likely_same(track, identity) if decision in ("", SOMEONE_ELSE) else []
    if alike and not decision:
        return Begun(alike=_opened(track, alike, by=by))
    if decision and decision != SOMEONE_ELSE:
        participant = access.find(decision, track, by=by)
        record(Act.DUPLICATE_DECIDED, _about(participant), by=by, outcome="same", track=track)
        if enrollments.open_of(participant.id):
            return Begun(enrolled=participant.number)
    else:
        participant = people.register(track, identity, language=language, by=by, on=on)
        if alike:
            both = (_about(each) for each in (participant, *alike))
            record(Act.DUPLICATE_DECIDED, *both, by=by, outcome="someone_else", track=track)
    referral = _referral(participant, sent, by=by, on=on)
    once.settle(key, referral.handle)
    return Begun(handle=referral.handle)


def _referral(participant: Participant, sent: Sent, *, by: Staff, on: date) -> Referral:
    """Return the referral under way, or receive this one."""
    latest = queries.latest_referral(participant.id)
    if latest is not None and latest.state in OPEN:
        return latest
    return referrals.receive(
        participant, source=sent.source, agency=sent.agency, referred_on=sent.referred_on,
        by=by, on=on,
    )  # fmt: skip


def _opened(track: Track, alike: Sequence[Participant], *, by: Staff) -> tuple[Alike, ...]:
    names = access.open_names([each.id for each in alike], track, by=by, why=Act.NAMES_SHOWN)
    return tuple(Alike(each.number, names[each.id]) for each in alike if each.id in names)


def save_person(participant: Participant, identity: Identity, *, language: str, by: Staff) -> None:
    """Correct who the person is and which language they speak."""
    participant.language = language
    people.amend(participant, identity, by=by)
    db.session.flush()


def save_contact(
    participant: Participant,
    identity: Identity,
    rules: SafeContact,
    *,
    phone: str | None,
    voicemail: bool,
    email: str,
    address: str,
    by: Staff,
    on: date,
) -> None:
    """Keep how the person can be reached safely, confirmed on this day.

    `phone` is E.164. The number asked for is the first one; further ones stay.
    """
    may_text = rules.wording is not Wording.NONE
    first = (Phone(phone, may_text, voicemail),) if phone else ()
    changed = identity.with_changes(
        phones=first + identity.phones[1:],
        emails=((email,) if email else ()) + identity.emails[1:],
        addresses=_written(address) + identity.addresses[1:],
        contact=replace(rules, confirmed_on=on),
    )
    people.amend(participant, changed, by=by)


def save_case(
    participant: Participant,
    identity: Identity,
    *,
    case_numbers: str,
    police_numbers: str,
    by: Staff,
) -> None:
    """Keep the numbers of court and police, parted by commas, in the envelope."""
    changed = identity.with_changes(
        case_numbers=_parted(case_numbers), police_numbers=_parted(police_numbers)
    )
    people.amend(participant, changed, by=by)


def _written(address: str) -> tuple[Address, ...]:
    lines = tuple(filter(None, (each.strip() for each in address.split(","))))
    return (Address(lines),) if lines else ()


def _parted(text: str) -> tuple[str, ...]:
    said = filter(None, (each.strip() for each in text.split(",")))
    return tuple(dict.fromkeys(said))  # each once, in the order in which they were typed


def _about(participant: Participant) -> str:
    return f"participant:{participant.number}"
