"""Turn keys."""

from pathlib import Path

import click

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.cli.program import made
from diversion.core import keys as ring
from diversion.core import schema
from diversion.core.database import db, transaction
from diversion.core.keys import Purpose


@click.group()
def keys() -> None:
    """Turn keys."""


@keys.command("rotate-master")
@click.argument("new_key", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def rotate_master(ctx: click.Context, new_key: Path) -> None:
    """Wrap the ring with a new master key, written to NEW_KEY; may be run again if cut short."""
    app = made(ctx)
    if not new_key.exists():
        ring.new_master(new_key)
    with app.app_context():
        schema.check(db.engine)
        if not _opens():  # cut short after the wrapping, before the settings were changed
            ring.use(db.engine, new_key)
            ring.current(Purpose.AUDIT_MAC)
        with transaction():
            count = ring.rewrap(new_key)
            record(Act.KEYS_REWRAPPED, by=None, count=count)
    click.echo(f"{count} keys wrapped. Set DIVERSION_MASTER_KEY_FILE to {new_key},")
    click.echo("restart, and archive the old key with the backups of its days.")


def _opens() -> bool:
    """Open the ring with the key of the settings, for the log's own row; say whether it fits."""
    try:
        ring.current(Purpose.AUDIT_MAC)
    except ring.KeysMissing:
        return False
    return True
