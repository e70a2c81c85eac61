"""Back up, restore, and turn keys."""

from pathlib import Path

import click

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.cli.program import made
from diversion.core import clock, schema
from diversion.core import keys as ring
from diversion.core.database import db, transaction
from diversion.core.keys import Purpose
from diversion.scheduler.backup import services
from diversion.scheduler.jobs import backup_folder

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Another folder.")
@click.pass_context
def backup(ctx: click.Context, folder: Path | None) -> None:
    """Make a backup while the program runs, and delete those no longer kept."""
    app = made(ctx)
    with app.app_context():
        schema.check(db.engine)
        where, now = folder or backup_folder(), clock.now()
        path = services.make(where, Path(app.config["MASTER_KEY_FILE"]), now=now)
        gone = services.rotate(where, now=now)
        with transaction():
            services.note(path)
    click.echo(f"{path} ({gone} older files deleted)")


@click.command()
@click.argument("path", type=FILE)
@click.option("--master-key", type=FILE, help="The master key of the backup's day.")
@click.pass_context
def restore(ctx: click.Context, path: Path, master_key: Path | None) -> None:
    """Restore a backup into the empty database of the settings."""
    app = made(ctx)
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    key_file = master_key or Path(app.config["MASTER_KEY_FILE"])
    with app.app_context():
        head = services.restore(path, url, key_file)
        db.engine.dispose()
        with transaction():
            services.note_restore(head)
    click.echo(f"Restored {head.id}, made at {head.made_at}. Now run: diversion verify")


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
