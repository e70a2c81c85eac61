"""Bring an installation up to date."""

from pathlib import Path

import click
from flask_migrate import upgrade

from diversion.cli.program import made
from diversion.core import clock, keys, schema
from diversion.core.database import db, transaction
from diversion.core.schema import SchemaNewer
from diversion.scheduler.backup import services as backups
from diversion.scheduler.jobs import backup_folder


@click.command()
@click.option("--no-backup", is_flag=True, help="Where a backup was just made by other means.")
@click.pass_context
def migrate(ctx: click.Context, no_backup: bool) -> None:
    """Bring the database to this release; a backup is made first."""
    app = made(ctx)
    with app.app_context():
        state = schema.of(db.engine)
        if not state.is_known:
            raise SchemaNewer
        if not state.is_pending:
            click.echo("The database is up to date.")
            return
        if state.present and not no_backup:
            key_file = Path(app.config["MASTER_KEY_FILE"])
            path = backups.make(backup_folder(), key_file, now=clock.now())
            click.echo(f"Backup: {path}")
            db.session.remove()  # what the backup has read would keep the tables from changing
        upgrade()
        with transaction():
            keys.make_ring()
    click.echo(f"The database is at revision {state.head}.")
