"""Tell whether the tables of the database are those that this release knows."""

from dataclasses import dataclass

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from diversion.core import paths
from diversion.core.errors import Refused
from diversion.core.words import _


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
    """Read the revision of the database behind `engine`."""
    scripts = _scripts()
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    return Schema(present, scripts.get_current_head() or "", present is None or present in known)


def head() -> str:
    """Return the newest revision that this release knows."""
    return _scripts().get_current_head() or ""


def check(engine: Engine) -> None:
    """Raise SchemaNewer or SchemaPending unless the database is at this release's revision."""
    schema = of(engine)
    if not schema.is_known:
        raise SchemaNewer
    if schema.is_pending:
        raise SchemaPending


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    return ScriptDirectory.from_config(config)
