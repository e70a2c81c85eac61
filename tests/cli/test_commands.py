"""Every command is found by its name, and a web worker carries the scheduler with it in no way."""

import subprocess
import sys

import click
import pytest

from diversion.cli import group


@pytest.mark.parametrize("name", sorted(group.COMMANDS))
def test_a_command_answers_to_its_name(name: str) -> None:
    program = group.build(lambda: pytest.fail("not asked for"))
    command = program.get_command(click.Context(program), name)
    assert command is not None
    assert command.name == name


def test_a_web_worker_loads_no_scheduler() -> None:
    look = (
        "import sys, diversion.app, diversion.cli.serving; sys.exit('apscheduler' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
