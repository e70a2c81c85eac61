"""Make the ring of keys and the log."""

import sqlalchemy as sa
from alembic import op

from diversion.core import paths
from diversion.core.columns import Instant
from diversion.core.scripts import statements

revision = "0002"
down_revision = "0001"

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "wrapped_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(40), nullable=False),
        sa.Column("master", sa.String(16), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrapped_key"),
        sa.UniqueConstraint("purpose", "version", name="uq_wrapped_key_purpose_version"),
    )
    op.create_table(
        "audit_row",
        sa.Column("seq", SEQ, autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("roles", sa.String(200), nullable=False),
        sa.Column("track", sa.String(20), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("objects", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(120), nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("release", sa.String(20), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_row"),
    )
    op.create_table(
        "audit_object",
        sa.Column("seq", SEQ, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("object", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit_row.seq"], name="fk_audit_object_seq"),
        sa.PrimaryKeyConstraint("seq", "place", name="pk_audit_object"),
    )
    op.create_index("ix_audit_object_object", "audit_object", ["object"])
    dialect = op.get_bind().dialect.name
    script = paths.PACKAGE / "audit" / "triggers" / f"{dialect}.sql"
    for statement in statements(script, dialect):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("audit_object")
    op.drop_table("audit_row")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("audit_row_next", "audit_object_next", "audit_kept"):
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("wrapped_key")
