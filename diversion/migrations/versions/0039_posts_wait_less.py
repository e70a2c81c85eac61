"""Let the guards of PostgreSQL ask an entry in one function, so that the next one waits less."""

from alembic import op

from diversion.ledger import schema

revision = "0039"
down_revision = "0038"

GONE = ("check_lines(entry)", "check_event(entry)", "canonical(entry, text)", "hash(text, text)")


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in schema.renewals():
        op.get_bind().exec_driver_sql(statement)
    for function in GONE:
        op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS ledger_{function}")


def downgrade() -> None:
    """Leave the guards as they are: they refuse the same."""
