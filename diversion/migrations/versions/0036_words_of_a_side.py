"""Let each program have its own words in a list, each of them once."""

from alembic import op

revision = "0036"
down_revision = "0035"

BEFORE = "uq_code_list_name_word_from_on"
NOW = "uq_code_list_name_track_word"


def upgrade() -> None:
    with op.batch_alter_table("code") as table:
        table.drop_constraint(BEFORE, type_="unique")
        table.create_unique_constraint(NOW, ["list_name", "track", "word"])


def downgrade() -> None:
    with op.batch_alter_table("code") as table:
        table.drop_constraint(NOW, type_="unique")
        table.create_unique_constraint(BEFORE, ["list_name", "word", "from_on"])
