"""Name the groups of people that lists show, and what of a person somebody sees."""

from dataclasses import dataclass

from diversion.core.words import Worded, _
from diversion.enrollments.codes import EnrollmentState

S = EnrollmentState
UNDER_WAY = frozenset(
    {S.ACTIVE, S.SUSPENDED, S.REQUIREMENTS_MET, S.MONITORING, S.TERMINATION_PENDING}
)
DONE = frozenset({S.COMPLETED, S.DISMISSED})
LEFT = frozenset({S.TERMINATED, S.WITHDRAWN, S.TRANSFERRED, S.CLOSED_NEUTRAL})


class Group(Worded):
    """Which people a list shows."""

    ALL = "all", _("Everyone")
    INTAKE = "intake", _("Intake")
    ACTIVE = "active", _("In the program")
    DONE = "done", _("Completed")
    LEFT = "left", _("Left")

    @classmethod
    def asked(cls, text: str) -> "Group":
        """Return the group that an address names, whatever stands there."""
        return cls(text) if text in set(cls) else cls.ALL


@dataclass(frozen=True)
class Sight:
    """What of a person's page somebody sees; the rest of it is not made for them."""

    name: bool = True
    contact: bool = True
    facts: bool = True
    amend: bool = False
    looks: bool = False
    lists: bool = True
