"""Back up and restore."""

from pathlib import Path

import click

from diversion.cli.program import made, opened
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.scheduler.backup import services
from diversion.scheduler.jobs import backup_folder

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Another folder.")
@click.pass_context
def backup(ctx: click.Context, folder: Path | None) -> None:
    """Make a backup while the program runs, and delete those no longer kept."""
    with opened(ctx) as app:
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
