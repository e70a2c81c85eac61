"""Tell whether the tables of the database are those that this release knows."""

from dataclasses import dataclass

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from diversion.core import paths
from diversion.core.errors import Refused, Unavailable
from diversion.core.words import _


class NoDatabase(Unavailable):
    """The folder is not there, or the server does not answer."""

    sentence = _(
        "The database can't be opened. Look at DATA_FOLDER or DATABASE_URL. "
        "For a new installation run: diversion init"
    )


class NothingInstalled(Refused):
    """A database without tables is no installation."""

    sentence = _("This database holds no installation. Run: diversion init")


class SchemaPending(Refused):
    """The program serves no database that waits for its migrations."""

    sentence = _("The database waits for its migrations. Run: diversion migrate")


class SchemaNewer(Refused):
    """An old program does not touch what a newer one made."""

    sentence = _(
        "The database was made by a newer release of this program. Install that release; "
        "nothing was changed."
    )


@dataclass(frozen=True)
class Schema:
    """The revision of the database, the newest of this release, and whether it is known here."""

    present: str | None
    head: str
    is_known: bool

    @property
    def is_pending(self) -> bool:
        return self.is_known and self.present != self.head


def of(engine: Engine) -> Schema:
    """Read the revision of the database behind `engine`. Raises NoDatabase."""
    scripts = _scripts()
    try:
        connection = engine.connect()
    except OperationalError as error:
        raise NoDatabase from error
    with connection:
        present = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    return Schema(present, scripts.get_current_head() or "", present is None or present in known)


def head() -> str:
    """Return the newest revision that this release knows."""
    return _scripts().get_current_head() or ""


def check(engine: Engine) -> None:
    """Raise what keeps this release from using the database behind `engine`, if anything does.

    NoDatabase, NothingInstalled, SchemaNewer or SchemaPending.
    """
    schema = of(engine)
    if schema.present is None:
        raise NothingInstalled
    if not schema.is_known:
        raise SchemaNewer
    if schema.is_pending:
        raise SchemaPending


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    return ScriptDirectory.from_config(config)
