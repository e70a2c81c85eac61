"""Make the tables of money out: budget, grants, vouchers."""

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
