"""An installation with people in it comes to a new release by one command."""

from pathlib import Path

from click.testing import CliRunner
from flask import Flask
from flask_migrate import downgrade

from diversion.cli import group
from diversion.core import schema
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from tests.factories.participants import make_participant


def test_a_county_is_backed_up_and_brought_to_the_release_re_08(own_program: Flask) -> None:
    with own_program.app_context():
        with transaction():
            make_participant(Track.SBAD)
        db.session.remove()
        downgrade(revision="-1")
        db.engine.dispose()
    done = CliRunner().invoke(group.build(lambda: own_program), ["migrate"])
    assert done.exit_code == 0, done.output
    assert Path(done.output.removeprefix("Backup: ").splitlines()[0]).is_file()
    with own_program.app_context():
        schema.check(db.engine)
