"""The fictional county is made by the program's own services, and stands every check."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from diversion.app import create_app
from diversion.cli import group
from diversion.cli.rehearsal import county as files
from diversion.cli.rehearsal import story
from diversion.core import clock
from tests import counties, databases


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return counties.untouched(tmp_path_factory)


def _verify(program: Flask) -> tuple[int, str]:
    done = CliRunner().invoke(group.build(lambda: program), ["verify"])
    return done.exit_code, done.output


def test_the_fictional_county_stands_every_check(county: Path) -> None:
    code, said = _verify(create_app(counties.settings(county)))
    assert code == 0, said


def test_the_county_can_be_made_on_postgresql_as_well(
    servers: databases.Servers, tmp_path: Path
) -> None:
    url, drop = servers.fresh("postgresql", tmp_path)
    told = counties.rehearse(tmp_path, url)
    assert told.survivors > 10
    assert told.attendees > 40
    code, said = _verify(create_app(counties.settings(tmp_path, url)))
    drop()
    assert code == 0, said


# Ends and beginnings of months and years, a leap day, every day of a week, and odd hours (UTC).
DAYS = (
    "2026-11-22T03:20", "2026-11-23T18:00", "2026-12-01T17:00", "2026-12-02T17:00",
    "2026-12-03T06:00", "2026-12-12T20:00", "2026-12-13T20:00", "2026-12-31T20:00",
    "2027-01-01T20:00", "2027-02-01T17:00", "2027-03-01T02:00", "2027-07-01T17:00",
    "2027-07-02T17:00", "2027-07-13T20:00", "2028-02-29T17:00", "2028-03-01T17:00",
)  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("instant", DAYS)
def test_the_year_can_end_on_any_day(tmp_path: Path, instant: str) -> None:
    with clock.standing_at(datetime.fromisoformat(instant).replace(tzinfo=UTC)):
        counties.rehearse(tmp_path, days=story.YEAR)
        code, said = _verify(create_app(counties.settings(tmp_path)))
    assert code == 0, said


def test_only_the_folder_of_a_fictional_county_is_ever_emptied(tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ValueError, match="no fictional county"):
        files.make_room(tmp_path)
    assert (tmp_path / "thesis.txt").exists()
    assert (tmp_path / "county").exists()


def test_the_year_is_made_by_command_once_a_day_and_anew_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def tell(zone: str) -> story.Told:
        told.append(zone)
        return story.Told(acts=3, survivors=2, attendees=1)

    monkeypatch.setattr(story, "tell", tell)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    for more, times in (((), 1), ((), 1), (("--anew",), 2)):
        line = ["rehearse", "--folder", str(tmp_path / "year"), *more]
        done = CliRunner().invoke(group.build(create_app), line)
        assert (done.exit_code, len(told)) == (0, times), done.output
    assert "3 acts: 2 people in Community Court, 1 referred" in done.output
    assert {each.stat().st_mode & 0o077 for each in (tmp_path / "year" / "keys").iterdir()} == {0}
