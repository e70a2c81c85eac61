"""What people type stays text: in every field of every form, and on every page that shows it."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from diversion.app import create_app
from diversion.core.database import db
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests import counties
from tests.factories.staff import sign_in
from tests.house import reach, typist, walks
from tests.house.typing_hands import Typist
from tests.payloads import PAYLOADS, SCRIPTS

# Buttons beside which nothing is typed, what comes with a file or from a device, the door, and
# the drawer, which is open while the county is walked.
OTHER_WAYS = {
    "community_court.file.end_reach", "community_court.imports.bring_in",
    "community_court.imports.undo", "community_court.intake.again",
    "community_court.lists.take_over", "community_court.mentors.begin",
    "community_court.mentors.stop", "fund.bank_files.bring", "fund.drawers.open_one",
    "sbad.attendance.finish", "sbad.device.marks", "sbad.days.settle", "sbad.file.end_reach",
    "sbad.imports.take_over",
    "sbad.imports.undo", "sbad.intake.again", "sbad.rosters.confirm_ready", "staff.account.end_own",
    "staff.acts.confirm_factor_reset", "staff.acts.release", "staff.leaving.leave",
    "staff.leaving.unlock", "staff.sign_in.again", "staff.sign_in.code", "staff.sign_in.factor",
    "staff.sign_in.start", "staff.sign_in.welcome",
}  # fmt: skip


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A county of one's own, since every form of it is sent."""
    mine = tmp_path_factory.mktemp("hostile")
    shutil.copytree(counties.untouched(tmp_path_factory), mine, dirs_exist_ok=True)
    return create_app(counties.settings(Path(mine)))


def _staff(program: Flask) -> list[Staff]:
    with program.app_context():
        return [each for each in db.session.scalars(select(Staff)) if each.roles]


def _bodies(pages: reach.Pages) -> list[tuple[str, bytes]]:
    return [(where, page.data) for kind in pages.values() for where, page in kind.items()]


@pytest.fixture(scope="module")
def sent(program: Flask, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Every view that takes a form, and whether it ever did what it was asked.

    The first of each role fills in what everybody came across before anything was typed; the
    second walks for what the first has asked for.
    """
    found: dict[str, bool] = {}
    walked = walks.by_everybody(tmp_path_factory).pages
    firsts: set[frozenset[Role]] = set()
    for staff in _staff(program):
        person = Typist(program, staff)
        is_first = staff.roles not in firsts
        firsts.add(staff.roles)
        pages = walked[staff.email] if is_first else reach.walk(program, person.client)
        for form in list(person.forms(_bodies(pages))):
            endpoint, is_done = person.send(form)
            found[endpoint] = found.get(endpoint, False) or is_done
        for where, page in person.echoes:
            assert list(typist.foreign(typist.read(page, where))) == [], where
    return found


def test_every_form_was_typed_into(program: Flask, sent: dict[str, bool]) -> None:
    views = {rule.endpoint for rule in program.url_map.iter_rules() if "POST" in rule.methods}
    assert sorted(views - set(sent) - OTHER_WAYS) == []
    assert list(sent.values()).count(True) >= 40


def test_no_text_of_a_form_becomes_markup_on_any_page_wb_04(
    program: Flask, sent: dict[str, bool]
) -> None:
    shown, foreign = 0, {}
    looked_at: set[str] = set()
    one_of_each = {staff.roles: staff for staff in _staff(program)}
    for staff in one_of_each.values():
        client = program.test_client()
        sign_in(client, staff, track=walks.side(staff))
        pages = reach.walk(program, client, looked_at)
        looked_at |= set(pages)
        for address, body in _bodies(pages):
            page = body.decode("utf-8", "replace")
            shown += any(script in page for script in SCRIPTS)
            if found := list(typist.foreign(typist.read(page, address))):
                foreign[address] = found
    assert foreign == {}
    assert shown > 25


def test_the_sign_in_page_keeps_text_text_wb_04(program: Flask) -> None:
    client = program.test_client()
    for payload in PAYLOADS:
        page = client.post("/sign-in", data={"email": payload}).text
        assert list(typist.foreign(typist.read(page, "/sign-in"))) == [], payload


def test_the_search_finds_what_it_looks_for() -> None:
    markup = [each for each in PAYLOADS if each.startswith("<")]
    assert all(list(typist.foreign(typist.read(f"<p>{each}</p>", "/"))) for each in markup)


@pytest.mark.soak
def test_sixty_payloads_go_into_every_field_wb_04(program: Flask) -> None:
    for staff in _staff(program):
        person = Typist(program, staff)
        for form in list(person.forms(_bodies(reach.walk(program, person.client)))):
            for payload in PAYLOADS:
                person.post(form, dict.fromkeys(form.texts, payload))
        for where, page in person.echoes:
            assert list(typist.foreign(typist.read(page, where))) == [], where
