"""Count certificates in a row of its own, which a failed batch gives back."""

import sqlalchemy as sa
from alembic import op

from diversion.migrations.parts import check

revision = "0034"
down_revision = "0033"

TABLE = "certificate_series"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        check(TABLE, "only", "id = 1"),
    )
    op.execute(
        "INSERT INTO certificate_series (id, last) SELECT 1, coalesce(max(id), 0) FROM certificate"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE certificate ALTER COLUMN id DROP DEFAULT")
        op.execute("DROP SEQUENCE certificate_id_seq")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE certificate_id_seq OWNED BY certificate.id")
        op.execute(
            "ALTER TABLE certificate "
            "ALTER COLUMN id SET DEFAULT nextval('certificate_id_seq'::regclass)"
        )
        op.execute("SELECT setval('certificate_id_seq', last + 1, false) FROM certificate_series")
    op.drop_table(TABLE)
