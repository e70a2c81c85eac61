"""Set up the terms of both programs, and add what the county decides later."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import ConditionKind, LegalBasis
from diversion.enrollments.terms import queries
from diversion.enrollments.terms.models import ClosedDay, Code, ProgramVersion, Requirement
from diversion.staff.models import Staff


class NoTerms(Refused):
    """Nobody is enrolled without terms."""

    sentence = _("No terms of the program are in force on this day. Set them up first.")


class SurvivorsPayNothing(Refused):
    """Community Court charges no fee unless the county switched that on."""

    sentence = _("Community Court takes no fee.")


@dataclass(frozen=True)
class Term:
    """What a program asks: so much of a kind, due so many days after the start."""

    kind: ConditionKind
    label: str
    quantity: int = 1
    unit: str = ""
    due_days: int | None = None


# The arrest-free period is no condition: it runs from the start beside these (`monitoring_days`).
SBAD_TERMS = (
    Term(ConditionKind.CLASS, "The class, one day", 1, "day", 183),
    Term(ConditionKind.FEE, "The program fee", 1, "fee", 183),
)
COURT_TERMS = (
    Term(ConditionKind.COUNSELING, "Counseling", 8, "sessions", 180),
    Term(ConditionKind.MENTOR_CONTACT, "Mentor meetings", 3, "meetings", 180),
    Term(ConditionKind.APPEARANCE, "Returns to court", 3, "appearances", 180),
)


def version_in_force(track: Track, on: date) -> ProgramVersion:
    """Return the terms in force on a day. Raises NoTerms."""
    found = queries.version_in_force(track, on)
    if found is None:
        raise NoTerms
    return found


def version_for_an_earlier_day(track: Track, on: date) -> ProgramVersion:
    """Return the terms of a day before the books, at worst the first ones known.

    Raises NoTerms if there are none at all.
    """
    found = queries.version_in_force(track, on) or queries.earliest_version(track)
    if found is None:
        raise NoTerms
    return found


def add_version(
    track: Track,
    terms: Sequence[Term],
    *,
    in_force_on: date,
    legal_basis: LegalBasis = LegalBasis.PRE_FILING,
    monitoring_days: int = 0,
    fee: Money = ZERO,
    prior_check_required: bool = True,
    bar_override: bool = True,
    by: Staff,
) -> ProgramVersion:
    """Put new terms in force from a day on; earlier agreements keep theirs.

    Raises SurvivorsPayNothing.
    """
    if track is Track.COMMUNITY_COURT and fee:
        raise SurvivorsPayNothing
    made = ProgramVersion(
        track=track, in_force_on=in_force_on, legal_basis=legal_basis, fee=fee,
        monitoring_days=monitoring_days, prior_check_required=prior_check_required,
        bar_override=bar_override,
    )  # fmt: skip
    made.requirements = [Requirement(place=i, **asdict(t)) for i, t in enumerate(terms, 1)]
    db.session.add(made)
    db.session.flush()
    record(Act.TERMS_SET, f"program_version:{made.handle}", by=by, track=track)
    return made


def set_up(*, sbad_fee: Money, in_force_on: date, by: Staff) -> dict[Track, ProgramVersion]:
    """Put the first terms of both programs in force; the fee is the county's decision.

    Does nothing for a program that has terms already.
    """
    made = {}
    for track, terms, days, fee in (
        (Track.SBAD, SBAD_TERMS, 183, sbad_fee),
        (Track.COMMUNITY_COURT, COURT_TERMS, 0, ZERO),
    ):
        made[track] = queries.earliest_version(track) or add_version(
            track, terms, in_force_on=in_force_on, monitoring_days=days, fee=fee, by=by
        )
    return made


def set_day(on: date, name: str, *, is_open: bool = False, by: Staff) -> ClosedDay:
    """Say that the county closes the court on a day, or keeps it open; the latest word counts."""
    made = ClosedDay(closed_on=on, name=name, open_after_all=is_open)
    db.session.merge(made)
    db.session.flush()
    outcome = "open" if is_open else "closed"
    record(Act.CLOSED_DAY_SET, f"closed_day:{on.isoformat()}", by=by, outcome=outcome)
    return made


def add_code(
    list_name: str, word: str, label: str, *, track: Track | None = None, maps_to: str = "",
    by: Staff, on: date,
) -> Code:  # fmt: skip
    made = Code(
        list_name=list_name, word=word, label=label, track=track, maps_to=maps_to, from_on=on
    )
    db.session.add(made)
    db.session.flush()
    record(Act.CODE_ADDED, f"code:{list_name}.{word}", by=by)
    return made


def retire_code(code: Code, *, by: Staff, on: date) -> None:
    """Take a word out of use; history keeps it."""
    code.until_on = on
    db.session.flush()
    record(Act.CODE_RETIRED, f"code:{code.list_name}.{code.word}", by=by)
