"""Turn keys."""

from pathlib import Path

import click

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.cli.program import opened
from diversion.core import keys as ring
from diversion.core.database import db, transaction
from diversion.core.keys import Purpose
from diversion.core.tracks import Track
from diversion.participants import rewrapping


@click.group()
def keys() -> None:
    """Turn keys."""


@keys.command("rotate-master")
@click.argument("new_key", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def rotate_master(ctx: click.Context, new_key: Path) -> None:
    """Wrap the ring with a new master key, written to NEW_KEY; may be run again if cut short."""
    with opened(ctx):
        if not new_key.exists():
            ring.new_master(new_key)
        if not _opens():  # cut short after the wrapping, before the settings were changed
            ring.use(db.engine, new_key)
            ring.current(Purpose.AUDIT_MAC)
        with transaction():
            count = ring.rewrap(new_key)
            record(Act.KEYS_REWRAPPED, by=None, count=count)
    click.echo(f"{count} keys wrapped. Set DIVERSION_MASTER_KEY_FILE to {new_key},")
    click.echo("restart, and archive the old key with the backups of its days.")


@keys.command()
@click.argument("compartment", type=click.Choice([track.value for track in Track]))
@click.option("--go-on", is_flag=True, help="Make no new key; wrap what still waits.")
@click.pass_context
def renew(ctx: click.Context, compartment: str, go_on: bool) -> None:
    """Give a COMPARTMENT a new key and wrap its persons' keys with it; goes on if cut short."""
    track = Track(compartment)
    with opened(ctx):
        if not go_on and not rewrapping.waiting(track):
            _new_key(track)
        count = 0
        while rewrapping.waiting(track):
            count += _wrap_some(track)
    click.echo(f"{count} keys wrapped. Restart the program, which still knows the older key,")
    click.echo("and run this with --go-on for whoever was registered meanwhile.")


def _new_key(track: Track) -> None:
    with transaction():
        version = ring.renew(Purpose(track.value))
        record(Act.KEYS_RENEWED, by=None, track=track, version=version)


def _wrap_some(track: Track) -> int:
    with transaction():
        count = rewrapping.rewrap_some(track)
        record(Act.KEYS_REWRAPPED, by=None, track=track, count=count)
    return count


def _opens() -> bool:
    """Open the ring with the key of the settings, for the log's own row; say whether it fits."""
    try:
        ring.current(Purpose.AUDIT_MAC)
    except ring.KeysMissing:
        return False
    return True
