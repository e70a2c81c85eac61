"""Whoever goes on after a notice stands where the facts say."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, EnrollmentState, ExitCode, Finding
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.lifecycle import endings, pauses
from diversion.enrollments.lifecycle.services import HasItsOwnSteps, close
from diversion.enrollments.models import Enrollment
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.enrollments import TODAY, make_enrollment
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff


def meet(one: Enrollment, by: Staff) -> None:
    for kind in (ConditionKind.CLASS, ConditionKind.FEE):
        add_evidence(one.id, kind, source="test:1", happened_on=TODAY, by=by)


def test_what_was_done_meanwhile_counts_when_somebody_goes_on(session: Session) -> None:
    deputy, office = make_staff(Role.DEPUTY_DA), make_staff(Role.SBAD_COORDINATOR)
    first, second = (
        make_enrollment(make_participant(Track.SBAD, name, by=office), office)
        for name in ("Ada", "Bea")
    )
    endings.give_notice(first, grounds=ConditionKind.CLASS, by=deputy, on=TODAY)
    pauses.suspend(second, reason="custody", by=deputy, on=TODAY)
    for one in (first, second):
        meet(one, office)
        assert one.met_on is None
    endings.find(first, Finding.GOES_ON, by=deputy, on=TODAY)
    with pytest.raises(pauses.BeforeIt):
        pauses.resume(second, by=office, on=TODAY - timedelta(days=1))
    pauses.resume(second, by=office, on=TODAY)
    for code in (ExitCode.COMPLETED, ExitCode.ADVERSE_TERMINATION):
        with pytest.raises(HasItsOwnSteps):
            close(first, exit_code=code, by=office, on=TODAY)
    assert {one.state for one in (first, second)} == {EnrollmentState.REQUIREMENTS_MET}
