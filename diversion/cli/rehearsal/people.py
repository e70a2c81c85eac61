"""Bring a fictional person to the door of a program, as far as both programs go the same way."""

from dataclasses import dataclass
from datetime import date, timedelta

from diversion.cli.rehearsal import names
from diversion.cli.rehearsal.stage import Stage
from diversion.core.tracks import Track
from diversion.enrollments.agreements.services import sign
from diversion.enrollments.codes import Answer, CheckResult, Factor, ReferralSource
from diversion.enrollments.lifecycle.services import accept
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals import services as referrals
from diversion.enrollments.referrals.models import Referral
from diversion.participants.identity import Identity, Phone
from diversion.participants.models import Participant
from diversion.participants.services import register
from diversion.partners.agencies.models import Organization
from diversion.staff.models import Staff

LANGUAGES = ("en", "en", "en", "en", "es", "es", "ru")
FAVORABLE: dict[str, Answer] = dict.fromkeys((Factor.FIRST_TIME, Factor.FIT_OF_PROGRAM), Answer.YES)


@dataclass(frozen=True)
class Newcomer:
    """A person at the door: registered and referred, not yet decided on."""

    participant: Participant
    referral: Referral


def refer(
    stage: Stage, track: Track, first: str, place: int, *, agency: Organization, by: Staff, on: date
) -> Newcomer:
    """Register a person and take in the referral, both on the day `on`."""
    random = stage.random
    identity = Identity(
        first=first,
        last=names.surname(place),
        birth_date=names.birth_date(random, on),
        phones=(Phone(names.phone(random), may_text=random.random() < 0.6),),
        case_numbers=(f"{on:%y}CR{60000 + place:05d}",),
    )
    participant = register(track, identity, language=random.choice(LANGUAGES), by=by, on=on)
    referral = referrals.receive(
        participant, source=ReferralSource.POLICE, agency=agency,
        referred_on=on - timedelta(days=random.randint(1, 9)), by=by, on=on,
    )  # fmt: skip
    return Newcomer(participant, referral)


def decide(
    newcomer: Newcomer, *, eligible: bool = True, barred: bool = False, by: Staff, on: date
) -> None:
    """Weigh the factors and the answer about an earlier diversion."""
    referrals.decide(
        newcomer.referral, eligible=eligible, factors=FAVORABLE,
        prior_check=CheckResult.BAR if barred else CheckResult.CLEAR, by=by, on=on,
    )  # fmt: skip
    if eligible:
        referrals.offer(newcomer.referral, by=by, on=on)


def enroll(newcomer: Newcomer, *, by: Staff, on: date) -> Enrollment:
    """Take the person in, with the agreement signed after a talk with counsel."""
    enrollment = accept(newcomer.referral, by=by, on=on)
    sign(enrollment, signed_on=on, counsel_consulted=True, by=by, on=on)
    return enrollment
