"""Take signatures; what is signed stays as it was."""

import hashlib
import json
from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.agreements.models import Agreement
from diversion.enrollments.codes import EnrollmentState, LegalBasis
from diversion.enrollments.models import Enrollment
from diversion.staff.models import Staff


class AlreadyOver(Refused):
    """Nobody signs for a program that has ended for them."""

    sentence = _("This enrollment is over.")


class SignedAhead(Refused):
    """A signature is not dated in the future."""

    sentence = _("The day of the signature is still to come.")
    field = "signed_on"


def sign(
    enrollment: Enrollment,
    *,
    signed_on: date,
    counsel_consulted: bool,
    waiver_text: str = "",
    legal_basis: LegalBasis | None = None,
    by: Staff,
    on: date,
) -> Agreement:
    """Keep a signed agreement with the terms frozen as they are now.

    `waiver_text` names the version of the waiver's wording, as printed on the paper;
    `legal_basis` is how this case is handled, where that is not the usual way.

    Raises AlreadyOver for an enrollment that ended, SignedAhead for a day after `on`.
    """
    if not enrollment.is_open:
        raise AlreadyOver
    if signed_on > on:
        raise SignedAhead
    if enrollment.state is EnrollmentState.PENDING:
        enrollment.legal_basis = legal_basis or enrollment.legal_basis
    terms = enrollment.program_version.frozen()
    terms["legal_basis"] = enrollment.legal_basis.value
    made = Agreement(
        **enrollment.whose, program_version_id=enrollment.program_version_id, terms=terms,
        terms_hash=hash_of(terms), signed_on=signed_on,
        counsel_consulted=counsel_consulted, waiver_text=waiver_text,
        recorded_at=clock.now(), recorded_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.AGREEMENT_SIGNED, f"enrollment:{enrollment.handle}", by=by, track=enrollment.track)
    return made


def hash_of(terms: dict[str, object]) -> str:
    """Return the hash by which it shows that frozen terms are unchanged."""
    return hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()
