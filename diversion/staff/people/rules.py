"""Decide which roles one person may hold together."""

from collections.abc import Collection

from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.staff.people.words import ROLE_NAMES
from diversion.staff.permissions import Role, Side, side_of


class BothPrograms(Refused):
    """Whoever may read identities on one side of the wall is never given the other.

    Source: security.md 5, the wall.
    """


def check_wall(role: Role, held: Collection[Role]) -> None:
    """Refuse a role that would let one person read about people of both programs.

    Raises BothPrograms.
    """
    side = side_of(role)
    for other in sorted(held):
        theirs = side_of(other)
        if side is not None and theirs is not None and (side is not theirs or side is Side.BOTH):
            raise BothPrograms(
                _(
                    "This person already has the role “{role}”. Nobody may read about people of "
                    "both programs. Remove that role first, or give this one to somebody else.",
                    role=ROLE_NAMES[other],
                ),
                field="role",
            )
