"""Make the tables of `community_court`; outcomes and contacts are append-only."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import append_only, release

revision = "0011"
down_revision = "0010"

APPEND_ONLY = ("outcome", "missed_decision", "contact_fact")


def upgrade() -> None:
    _docket()
    _setting()
    _outcome()
    _missed_decision()
    _mentor_match()
    _contact_fact()
    _counseling_referral()
    append_only(*APPEND_ONLY)


def downgrade() -> None:
    release(*APPEND_ONLY)
    op.drop_table("counseling_referral")
    op.drop_table("contact_fact")
    op.drop_table("mentor_match")
    op.drop_table("missed_decision")
    op.drop_table("outcome")
    op.drop_table("setting")
    op.drop_table("docket")


def _docket() -> None:
    op.create_table(
        "docket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("court", sa.String(80), nullable=False),
        sa.Column("judge", sa.String(80), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_docket_capacity_positive")),
        sa.CheckConstraint("ends > starts", name=op.f("ck_docket_ends_after_start")),
        sa.ForeignKeyConstraint(["booking_id"], ["place_booking.id"], name="fk_docket_booking_id"),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name="fk_docket_ended_by"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_docket_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_docket"),
        sa.UniqueConstraint("booking_id", name="uq_docket_booking_id"),
        sa.UniqueConstraint("handle", name="uq_docket_handle"),
    )
    op.create_index("ix_docket_held_on", "docket", ["held_on"], unique=False)


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("docket_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("attorney", sa.String(80), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("here_at", Instant(), nullable=True),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("vacated_at", Instant(), nullable=True),
        sa.Column("vacated_by", sa.Integer(), nullable=True),
        sa.Column("vacated_why", sa.String(40), nullable=False),
        sa.CheckConstraint("track = 'community_court'", name=op.f("ck_setting_own_track")),
        sa.ForeignKeyConstraint(["docket_id"], ["docket.id"], name="fk_setting_docket_id"),
        sa.ForeignKeyConstraint(["follows_id"], ["setting.id"], name="fk_setting_follows_id"),
        sa.ForeignKeyConstraint(
            ["participant_id", "track"],
            ["participant.id", "participant.track"],
            name="fk_setting_participant_id_track",
        ),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name="fk_setting_set_by"),
        sa.ForeignKeyConstraint(["vacated_by"], ["staff.id"], name="fk_setting_vacated_by"),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
        sa.UniqueConstraint("handle", name="uq_setting_handle"),
        sa.UniqueConstraint(
            "id", "participant_id", "track", name="uq_setting_id_participant_id_track"
        ),
    )
    op.create_index("ix_setting_participant_id", "setting", ["participant_id"], unique=False)
    op.create_index(
        "uq_setting_standing",
        "setting",
        ["docket_id", "participant_id"],
        unique=True,
        sqlite_where=sa.text("vacated_at IS NULL"),
        postgresql_where=sa.text("vacated_at IS NULL"),
    )


def _outcome() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("result", sa.String(40), nullable=False),
        sa.Column("presence", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("response", sa.String(40), nullable=True),
        sa.Column("next_setting_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("track = 'community_court'", name=op.f("ck_outcome_own_track")),
        sa.ForeignKeyConstraint(
            ["next_setting_id"], ["setting.id"], name="fk_outcome_next_setting_id"
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name="fk_outcome_recorded_by"),
        sa.ForeignKeyConstraint(["replaces_id"], ["outcome.id"], name="fk_outcome_replaces_id"),
        sa.ForeignKeyConstraint(
            ["setting_id", "participant_id", "track"],
            ["setting.id", "setting.participant_id", "setting.track"],
            name="fk_outcome_setting_id_participant_id_track",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
        sa.UniqueConstraint("handle", name="uq_outcome_handle"),
        sa.UniqueConstraint("replaces_id", name="uq_outcome_replaces_id"),
    )
    op.create_index("ix_outcome_participant_id", "outcome", ["participant_id"], unique=False)
    op.create_index(
        "uq_outcome_first",
        "outcome",
        ["setting_id"],
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )


def _missed_decision() -> None:
    op.create_table(
        "missed_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("decision", sa.String(40), nullable=False),
        sa.Column("why", sa.String(40), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("track = 'community_court'", name=op.f("ck_missed_decision_own_track")),
        sa.CheckConstraint(
            "(decision = 'withdrawn') = (why IS NOT NULL)",
            name=op.f("ck_missed_decision_withdrawn_for_why"),
        ),
        sa.CheckConstraint(
            "why IS NULL OR replaces_id IS NOT NULL", name=op.f("ck_missed_decision_withdraws_one")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id", "outcome_id"],
            ["missed_decision.id", "missed_decision.outcome_id"],
            name="fk_missed_decision_replaces_id_outcome_id",
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name="fk_missed_decision_outcome_id"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "track"],
            ["participant.id", "participant.track"],
            name="fk_missed_decision_participant_id_track",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff.id"], name="fk_missed_decision_recorded_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_missed_decision"),
        sa.UniqueConstraint("handle", name="uq_missed_decision_handle"),
        sa.UniqueConstraint("id", "outcome_id", name="uq_missed_decision_id_outcome_id"),
        sa.UniqueConstraint("replaces_id", name="uq_missed_decision_replaces_id"),
    )
    op.create_index(
        "ix_missed_decision_participant_id", "missed_decision", ["participant_id"], unique=False
    )
    op.create_index(
        "uq_missed_decision_first",
        "missed_decision",
        ["outcome_id"],
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )


def _mentor_match() -> None:
    op.create_table(
        "mentor_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(40), nullable=True),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_on IS NOT NULL)",
            name=op.f("ck_mentor_match_ended_has_a_day"),
        ),
        sa.CheckConstraint(
            "(state = 'paused') = (cover_id IS NOT NULL)",
            name=op.f("ck_mentor_match_paused_has_a_cover"),
        ),
        sa.CheckConstraint("track = 'community_court'", name=op.f("ck_mentor_match_own_track")),
        sa.ForeignKeyConstraint(["cover_id"], ["member.id"], name="fk_mentor_match_cover_id"),
        sa.ForeignKeyConstraint(["mentor_id"], ["member.id"], name="fk_mentor_match_mentor_id"),
        sa.ForeignKeyConstraint(
            ["participant_id", "track"],
            ["participant.id", "participant.track"],
            name="fk_mentor_match_participant_id_track",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mentor_match"),
        sa.UniqueConstraint("handle", name="uq_mentor_match_handle"),
    )
    op.create_index("ix_mentor_match_mentor_id", "mentor_match", ["mentor_id"], unique=False)
    op.create_index(
        "uq_mentor_match_standing",
        "mentor_match",
        ["participant_id", "mentor_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def _contact_fact() -> None:
    op.create_table(
        "contact_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("track = 'community_court'", name=op.f("ck_contact_fact_own_track")),
        sa.CheckConstraint(
            "minutes BETWEEN 0 AND 1440", name=op.f("ck_contact_fact_minutes_of_a_day")
        ),
        sa.ForeignKeyConstraint(["match_id"], ["mentor_match.id"], name="fk_contact_fact_match_id"),
        sa.ForeignKeyConstraint(
            ["participant_id", "track"],
            ["participant.id", "participant.track"],
            name="fk_contact_fact_participant_id_track",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name="fk_contact_fact_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_fact"),
        sa.UniqueConstraint("handle", name="uq_contact_fact_handle"),
    )
    op.create_index(
        "ix_contact_fact_participant_id_happened_on",
        "contact_fact",
        ["participant_id", "happened_on"],
        unique=False,
    )


def _counseling_referral() -> None:
    op.create_table(
        "counseling_referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "track = 'community_court'", name=op.f("ck_counseling_referral_own_track")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_counseling_referral_organization_id"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "track"],
            ["participant.id", "participant.track"],
            name="fk_counseling_referral_participant_id_track",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_counseling_referral"),
        sa.UniqueConstraint("handle", name="uq_counseling_referral_handle"),
    )
    op.create_index(
        "ix_counseling_referral_participant_id",
        "counseling_referral",
        ["participant_id"],
        unique=False,
    )
