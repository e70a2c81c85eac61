"""Run migrations inside the application's settings, on a connection of their own."""

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, pool

from diversion.core.database import Base
from diversion.ledger.connection import schema_changes


def run() -> None:
    """Bring the database from its revision to the one asked for."""
    engine = create_engine(
        current_app.config["SQLALCHEMY_DATABASE_URI"],
        poolclass=pool.NullPool,
        execution_options={"writes": True},
    )
    with schema_changes(), engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
