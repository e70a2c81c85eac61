"""Make the tables of `staff`."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant

revision = "0003"
down_revision = "0002"

ROLE_HAS_ITS_SIDE = (
    "(ended_at IS NOT NULL AND side IS NULL)"
    " OR (ended_at IS NULL AND side IS NOT NULL AND side = 'both' AND role IN ('deputy_da'))"
    " OR (ended_at IS NULL AND side IS NOT NULL AND side = 'community_court' AND role IN"
    " ('community_advocate', 'court_coordinator', 'mentor', 'system_advocate'))"
    " OR (ended_at IS NULL AND side IS NOT NULL AND side = 'sbad' AND role IN"
    " ('finance_approver', 'finance_clerk', 'instructor', 'sbad_coordinator'))"
    " OR (ended_at IS NULL AND side IS NULL AND role IN"
    " ('administrator', 'auditor', 'privacy_officer', 'team_analyst'))"
)
LIVE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _staff()
    _role_grant()
    _sign_in_session()
    _failed_try()
    _one_time_link()
    _factor_reset()
    _practice_person()


def downgrade() -> None:
    op.drop_table("practice_person")
    op.drop_table("factor_reset")
    op.drop_table("one_time_link")
    op.drop_table("failed_try")
    op.drop_table("sign_in_session")
    op.drop_table("role_grant")
    op.drop_table("staff")


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("side", sa.String(40), nullable=True),
        sa.Column("password_hash", sa.String(255), nullable=True),
        sa.Column("totp_seed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("locked_at", Instant(), nullable=True),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("signed_in_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("handle", name="uq_staff_handle"),
        sa.UniqueConstraint("email", name="uq_staff_email"),
        sa.UniqueConstraint("id", "side", name="uq_staff_id_side"),
        sa.CheckConstraint("email = lower(email)", name="ck_staff_email_lower"),
    )


def _role_grant() -> None:
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("side", sa.String(40), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("in_force_at", Instant(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
        sa.UniqueConstraint("handle", name="uq_role_grant_handle"),
        *(
            sa.ForeignKeyConstraint([column], ["staff.id"], name=f"fk_role_grant_{column}")
            for column in ("staff_id", "asked_by_id", "confirmed_by_id", "ended_by_id")
        ),
        sa.CheckConstraint("asked_by_id <> confirmed_by_id", name="ck_role_grant_two_people"),
        sa.CheckConstraint("staff_id <> confirmed_by_id", name="ck_role_grant_not_ones_own"),
        sa.CheckConstraint(
            "in_force_at IS NULL OR asked_by_id IS NULL OR confirmed_by_id IS NOT NULL",
            name="ck_role_grant_confirmed",
        ),
        sa.CheckConstraint(ROLE_HAS_ITS_SIDE, name="ck_role_grant_side"),
        sa.ForeignKeyConstraint(
            ["staff_id", "side"], ["staff.id", "staff.side"], name="fk_role_grant_staff_id_side"
        ),
    )
    op.create_index(
        "uq_role_grant_live", "role_grant", ["staff_id", "role"], unique=True,
        sqlite_where=LIVE, postgresql_where=LIVE,
    )  # fmt: skip


def _sign_in_session() -> None:
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("active_at", Instant(), nullable=False),
        sa.Column("factor_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("revoked_why", sa.String(40), nullable=True),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("browser", sa.String(60), nullable=False),
        sa.Column("active_track", sa.String(40), nullable=True),
        sa.Column("flash", sa.Text(), nullable=True),
        sa.Column("totp_seed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_session"),
        sa.UniqueConstraint("handle", name="uq_sign_in_session_handle"),
        sa.UniqueConstraint("token_hash", name="uq_sign_in_session_token_hash"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_sign_in_session_staff_id"),
    )
    op.create_index("ix_sign_in_session_staff_id", "sign_in_session", ["staff_id"])


def _failed_try() -> None:
    op.create_table(
        "failed_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failed_try"),
    )
    op.create_index("ix_failed_try_email_hash_at", "failed_try", ["email_hash", "at"])
    op.create_index("ix_failed_try_address_at", "failed_try", ["address", "at"])


def _one_time_link() -> None:
    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_one_time_link"),
        sa.UniqueConstraint("token_hash", name="uq_one_time_link_token_hash"),
        *(
            sa.ForeignKeyConstraint([column], ["staff.id"], name=f"fk_one_time_link_{column}")
            for column in ("staff_id", "made_by_id")
        ),
    )
    op.create_index("ix_one_time_link_staff_id", "one_time_link", ["staff_id"])


def _factor_reset() -> None:
    op.create_table(
        "factor_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_factor_reset"),
        *(
            sa.ForeignKeyConstraint([column], ["staff.id"], name=f"fk_factor_reset_{column}")
            for column in ("staff_id", "asked_by_id", "confirmed_by_id")
        ),
        sa.CheckConstraint("asked_by_id <> confirmed_by_id", name="ck_factor_reset_two_people"),
        sa.CheckConstraint("staff_id <> confirmed_by_id", name="ck_factor_reset_not_ones_own"),
    )
    op.create_index(
        "uq_factor_reset_waiting", "factor_reset", ["staff_id"], unique=True,
        sqlite_where=LIVE, postgresql_where=LIVE,
    )  # fmt: skip


def _practice_person() -> None:
    op.create_table(
        "practice_person",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("password", sa.String(128), nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name="pk_practice_person"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_practice_person_staff_id"),
    )
