"""Let the guards of PostgreSQL ask an entry with fewer queries what they asked before."""

from alembic import op

from diversion.ledger import schema

revision = "0035"
down_revision = "0034"

GONE = ("check_shape(entry)", "check_people(entry)", "check_receipt(entry)", "canonical(entry)")


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
