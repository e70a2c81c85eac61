"""Say what of a person's page each role sees. Source: security.md 5, rows S1 to S3."""

from collections.abc import Collection

from diversion.enrollments.people.rules import Sight
from diversion.staff.permissions import Role

COORDINATOR = Sight(amend=True, looks=True)
ADVOCATE = Sight()
# A deputy decides on the case and needs no phone number for it.
DEPUTY = Sight(contact=False)
# A mentor is given the person they walk with: a short name, how to reach them, own contacts.
MENTOR = Sight(name=False, facts=False, lists=False)


def sight(roles: Collection[Role]) -> Sight:
    """Return what somebody with these roles sees: the widest of them."""
    for role, seen in (
        (Role.COURT_COORDINATOR, COORDINATOR),
        (Role.SYSTEM_ADVOCATE, ADVOCATE),
        (Role.DEPUTY_DA, DEPUTY),
    ):
        if role in roles:
            return seen
    return MENTOR
