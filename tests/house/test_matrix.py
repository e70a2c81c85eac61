"""Who may enter what is written down, and the program does as it is written."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule as Route

from diversion.app import create_app
from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.staff.access import rule_of
from diversion.staff.permissions import GRANTS, Permission, Role
from tests import databases
from tests.factories.staff import make_staff, sign_in
from tests.house import matrix

VALUES: dict[str, object] = {
    "number": "26-0001-0", "integer": 1, "day": "2026-12-05", "month": "2026-12",
    "dated": "2026-12-05-k7xm",
}  # fmt: skip
REWRITE = "python -m tests.house.matrix"


def test_every_route_role_and_method_is_as_written_az_01(app: Flask) -> None:
    assert matrix.text(app) == matrix.FILE.read_text(), f"read the difference, then {REWRITE}"


def test_no_view_is_left_unguarded_az_01(app: Flask) -> None:
    open_ones = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and rule_of(view) is None
    ]
    assert open_ones == []


def test_every_permission_is_granted_to_someone() -> None:
    assert frozenset[Permission]().union(*GRANTS.values()) == frozenset(Permission)


def _stub(view: Callable[..., object]) -> Callable[..., str]:
    def entered(**_values: object) -> str:
        return "entered"

    vars(entered).update(vars(view))
    return entered


def _path(app: Flask, route: Route) -> str | None:
    """Return a path of this route with values that fit its converters."""
    values: dict[str, object] = {}
    for name in route.arguments:
        kind = type(route._converters[name]).__name__.lower().removesuffix("converter")
        values[name] = VALUES.get(kind, "x" * 43 if name == "token" else "q8m4x2wkb7")
    try:
        with app.test_request_context():
            return app.url_map.bind("localhost").build(route.endpoint, values)
    except (ValueError, KeyError, TypeError):
        return None


@pytest.fixture(scope="module")
def doors(servers: databases.Servers, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The program with nothing behind its guard: neither views, nor what a refusal leads to."""
    folder = tmp_path_factory.mktemp("doors")
    url, _drop = servers.fresh("sqlite", folder)
    made = create_app({**databases.settings(folder), "DATABASE_URL": url})
    made.register_error_handler(NotYours, lambda _no: ("refused", NotYours.status))
    for endpoint, view in list(made.view_functions.items()):
        if endpoint != "static":
            made.view_functions[endpoint] = _stub(view)
    return made


@pytest.mark.parametrize("role", list(Role))
def test_the_guard_does_for_each_role_what_the_matrix_says_az_01(doors: Flask, role: Role) -> None:
    with doors.app_context(), transaction():
        staff = make_staff(role)
    client = doors.test_client()
    sign_in(client, staff)
    person = matrix.person(role, None)
    wrong, tried = [], 0
    for route in doors.url_map.iter_rules():
        rule = rule_of(doors.view_functions[route.endpoint])
        path = _path(doors, route)
        if rule is None or route.endpoint == "static":
            continue
        assert path is not None, f"give a value for the converters of {route.rule}"
        for method in sorted({"GET", "POST"} & set(route.methods or ())):
            answer = client.open(path, method=method)
            expected = (200, "entered") if rule.admits(person) else (404, "refused")
            if (answer.status_code, answer.text) != expected:
                wrong.append((method, path, answer.status_code, expected))
            tried += 1
    assert wrong == []
    assert tried > 300
