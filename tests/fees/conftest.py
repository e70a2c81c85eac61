"""The people whom most tests about fees need."""

import pytest
from sqlalchemy.orm import Session

from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.fees import make_debtor
from tests.factories.staff import make_staff


@pytest.fixture
def coordinator(session: Session) -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


@pytest.fixture
def clerk(session: Session) -> Staff:
    return make_staff(Role.FINANCE_CLERK, name="Omar Finch")


@pytest.fixture
def manager(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Harriet Moss")


@pytest.fixture
def debtor(session: Session, coordinator: Staff) -> tuple[Participant, Enrollment]:
    return make_debtor(coordinator)
