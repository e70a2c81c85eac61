"""Link a seat to the one it makes up for, and keep who presents a module of a class day."""

import sqlalchemy as sa
from alembic import op

from diversion.migrations.parts import key

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "rebooking",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("follows_id < registration_id", name="ck_rebooking_follows_an_earlier"),
        key("rebooking", "registration_id", "registration.id"),
        key("rebooking", "follows_id", "registration.id"),
        sa.PrimaryKeyConstraint("registration_id", name="pk_rebooking"),
    )
    op.create_index("ix_rebooking_follows_id", "rebooking", ["follows_id"])
    op.create_table(
        "class_presenter",
        sa.Column("class_session_id", sa.Integer(), nullable=False),
        sa.Column("course_module_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        key("class_presenter", "class_session_id", "class_session.id"),
        key("class_presenter", "course_module_id", "course_module.id"),
        key("class_presenter", "member_id", "member.id"),
        sa.PrimaryKeyConstraint("class_session_id", "course_module_id", name="pk_class_presenter"),
    )
    op.create_index("ix_class_presenter_member_id", "class_presenter", ["member_id"])


def downgrade() -> None:
    op.drop_table("class_presenter")
    op.drop_table("rebooking")
