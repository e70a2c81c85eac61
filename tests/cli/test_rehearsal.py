"""The fictional county is made by the program's own services, and stands every check."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from diversion.app import create_app
from diversion.cli import group
from diversion.cli.rehearsal import county as files
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


def test_only_the_folder_of_a_fictional_county_is_ever_emptied(tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ValueError, match="no fictional county"):
        files.make_room(tmp_path)
    assert (tmp_path / "thesis.txt").exists()
    assert (tmp_path / "county").exists()
