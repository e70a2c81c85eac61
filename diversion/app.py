"""Put the parts together: the only place where all floors meet."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined

from diversion.audit import models as _log  # noqa: F401 (the tables of the log)
from diversion.cli import group
from diversion.community_court.appearances import services as _court  # noqa: F401 (its tables)
from diversion.community_court.blueprint import bp as community_court
from diversion.community_court.counseling import services as _counseling  # noqa: F401 (its tables)
from diversion.community_court.help.queries import survivors
from diversion.community_court.mentors import services as _mentors  # noqa: F401 (its tables)
from diversion.core import keys, paths
from diversion.core.database import db
from diversion.dashboard.blueprint import bp as dashboard
from diversion.enrollments.imports import services as _imports  # noqa: F401 (the tables of imports)
from diversion.enrollments.lifecycle import models as _pauses  # noqa: F401 (of pauses and notices)
from diversion.enrollments.lifecycle import services as _lifecycle  # noqa: F401 (of enrollments)
from diversion.enrollments.referrals import services as _referrals  # noqa: F401 (of referrals)
from diversion.fees.blueprint import bp as fees
from diversion.fees.schedules import models as _schedules  # noqa: F401 (what is charged when)
from diversion.fund.blueprint import bp as fund
from diversion.fund.disclosure.people import counters
from diversion.ledger import connection as _guards  # noqa: F401 (the guards of each connection)
from diversion.ledger import models as _journal  # noqa: F401 (the tables of money)
from diversion.participants import uploads as _uploads  # noqa: F401 (the tables of people)
from diversion.participants.access import scopes
from diversion.participants.assignments import models as _assignments  # noqa: F401 (who reaches whom)
from diversion.partners.venues import services as _venues  # noqa: F401 (the tables of places)
from diversion.sbad.blueprint import bp as sbad
from diversion.sbad.days import blocks as class_blocks
from diversion.sbad.dismissal import blocks as end_blocks
from diversion.sbad.program import blocks as way_blocks
from diversion.sbad.program.reach import people_to_sign
from diversion.sbad.rosters.reach import people_taught
from diversion.scheduler import models as _jobs  # noqa: F401 (when each job ran)
from diversion.staff import guard
from diversion.staff.blueprint import bp as staff
from diversion.web import (
    assets,
    converters,
    errors,
    filters,
    flash,
    forms,
    frame,
    headers,
    hosts,
    languages,
    limits,
    pages,
    paging,
    today,
)

migrate = Migrate()
# Before a request reaches a view it passes limits, then the form check, then the guard;
# hosts and headers wrap the whole program, headers outermost.
WEB = (
    limits, converters, assets, pages, languages, filters, paging, frame, flash, forms, errors,
    hosts, headers,
)  # fmt: skip


def create_app(settings: Mapping[str, object] | None = None) -> Flask:
    """Build the program from the settings file, the environment, then `settings`."""
    app = Flask(
        "diversion",
        root_path=str(paths.PACKAGE),
        static_folder=None,  # web.assets serves it under names that change with its contents
        template_folder=str(paths.shipped("templates")),
    )
    app.config.from_pyfile(str(paths.shipped("config.py")))
    app.config.from_prefixed_env("DIVERSION")
    app.config.from_mapping(settings or {})
    app.jinja_env.undefined = StrictUndefined
    _lay_the_ground(app)
    for part in WEB:
        part.set_up(app)
    guard.init_app(app)
    app.register_blueprint(dashboard)
    app.register_blueprint(staff)
    app.register_blueprint(fees)
    app.register_blueprint(fund)
    app.register_blueprint(community_court)
    app.register_blueprint(sbad)
    _introduce()
    return app


def _introduce() -> None:
    """Let upper floors answer what lower ones ask, once however often a program is made."""
    if people_taught not in scopes:
        scopes.append(people_taught)
    if survivors not in counters:
        counters.append(survivors)
    if people_to_sign not in scopes:
        scopes.append(people_to_sign)
    for source in (*class_blocks.SOURCES, *way_blocks.SOURCES, *end_blocks.SOURCES):
        today.offer(source)


def _lay_the_ground(app: Flask) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url(app)
    db.init_app(app)
    with app.app_context():
        keys.use(db.engine, Path(app.config["MASTER_KEY_FILE"]))
    migrate.init_app(app, db, directory=str(paths.MIGRATIONS), render_as_batch=True)


def database_url(app: Flask) -> str:
    """Return where the database is. Raises ValueError for a relative folder."""
    if app.config["DATABASE_URL"]:
        return str(app.config["DATABASE_URL"])
    folder = Path(app.config["DATA_FOLDER"])
    if not folder.is_absolute():
        raise ValueError("DIVERSION_DATA_FOLDER must be an absolute path")
    return f"sqlite:///{folder / 'diversion.sqlite3'}"


def main() -> None:
    """Run the command line."""
    group.build(create_app)(prog_name="diversion")
