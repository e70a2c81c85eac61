"""Name the groups of people that lists show, and what of a person somebody sees."""

from dataclasses import dataclass
from enum import StrEnum

from diversion.core.words import Sentence, _
from diversion.enrollments.codes import EnrollmentState

S = EnrollmentState
UNDER_WAY = frozenset(
    {S.ACTIVE, S.SUSPENDED, S.REQUIREMENTS_MET, S.MONITORING, S.TERMINATION_PENDING}
)
DONE = frozenset({S.COMPLETED, S.DISMISSED})
LEFT = frozenset({S.TERMINATED, S.WITHDRAWN, S.TRANSFERRED, S.CLOSED_NEUTRAL})


class Group(StrEnum):
    """Which people a list shows."""

    ALL = "all"
    INTAKE = "intake"
    ACTIVE = "active"
    DONE = "done"
    LEFT = "left"

    @property
    def words(self) -> Sentence:
        return GROUPS[self]

    @classmethod
    def asked(cls, text: str) -> "Group":
        """Return the group that an address names, whatever stands there."""
        return cls(text) if text in set(cls) else cls.ALL


GROUPS: dict[Group, Sentence] = {
    Group.ALL: _("Everyone"),
    Group.INTAKE: _("Intake"),
    Group.ACTIVE: _("In the program"),
    Group.DONE: _("Completed"),
    Group.LEFT: _("Left"),
}


@dataclass(frozen=True)
class Sight:
    """What of a person's page somebody sees; the rest of it is not made for them."""

    name: bool = True
    contact: bool = True
    facts: bool = True
    amend: bool = False
    looks: bool = False
    lists: bool = True
