"""Every permission is granted to someone and used somewhere, and nothing else is asked for."""

import re

from diversion.staff.permissions import GRANTS, Permission, Role
from tests.house import source

ASKED = re.compile(r"Permission\.([A-Z_]+)")


def test_every_permission_is_granted_to_someone() -> None:
    granted = frozenset[Permission]().union(*GRANTS.values())
    assert set(Permission) - granted == set()


def test_every_permission_is_used() -> None:
    used = {
        name
        for path in source.modules()
        if path.name != "permissions.py"
        for name in ASKED.findall(path.read_text(encoding="utf-8"))
    }
    assert {permission.name for permission in Permission} - used == set()


def test_every_role_stands_in_the_table() -> None:
    assert set(GRANTS) == set(Role)
