"""Make the tables of the cashier: drawers, refunds, returned items."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
