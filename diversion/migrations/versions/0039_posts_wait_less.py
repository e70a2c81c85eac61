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
    """Leave PostgreSQL's functions in the text of this release: the older one is not kept.

    They refuse the same, yet an older release does not know their text, and its `verify` ends
    with 25. To go back for good, restore the backup that `diversion migrate` made first.
    """
