"""Make the tables of `enrollments`, some of them append-only."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import append_only, release

revision = "0006"
down_revision = "0005"

APPEND_ONLY = ("eligibility_review", "enrollment_step", "agreement", "evidence")


def upgrade() -> None:
    _program_version()
    _requirement()
    _code()
    _closed_day()
    _referral()
    _eligibility_review()
    _prior_check()
    _enrollment()
    _enrollment_step()
    _agreement()
    _condition()
    _evidence()
    _import_run()
    _imported_object()
    append_only(*APPEND_ONLY)


def downgrade() -> None:
    release(*APPEND_ONLY)
    op.drop_table("imported_object")
    op.drop_table("import_run")
    op.drop_table("evidence")
    op.drop_table("condition")
    op.drop_table("agreement")
    op.drop_table("enrollment_step")
    op.drop_table("enrollment")
    op.drop_table("prior_check")
    op.drop_table("eligibility_review")
    op.drop_table("referral")
    op.drop_table("closed_day")
    op.drop_table("code")
    op.drop_table("requirement")
    op.drop_table("program_version")


def _program_version() -> None:
    op.create_table(
        "program_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("legal_basis", sa.String(40), nullable=False),
        sa.Column("monitoring_days", sa.Integer(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("prior_check_required", sa.Boolean(), nullable=False),
        sa.CheckConstraint("fee >= 0", name=op.f("ck_program_version_fee_not_negative")),
        sa.CheckConstraint(
            "monitoring_days >= 0", name=op.f("ck_program_version_monitoring_days_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_program_version"),
        sa.UniqueConstraint("handle", name="uq_program_version_handle"),
        sa.UniqueConstraint("id", "track", name="uq_program_version_id_track"),
        sa.UniqueConstraint("track", "in_force_on", name="uq_program_version_track_in_force_on"),
    )


def _requirement() -> None:
    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_version_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_requirement_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["program_version_id"], ["program_version.id"], name="fk_requirement_program_version_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_requirement"),
        sa.UniqueConstraint(
            "program_version_id", "place", name="uq_requirement_program_version_id_place"
        ),
    )


def _code() -> None:
    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(40), nullable=False),
        sa.Column("track", sa.String(40), nullable=True),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("maps_to", sa.String(80), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_code"),
        sa.UniqueConstraint("list_name", "word", "from_on", name="uq_code_list_name_word_from_on"),
    )


def _closed_day() -> None:
    op.create_table(
        "closed_day",
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("open_after_all", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("closed_on", name="pk_closed_day"),
    )


def _referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_referral_organization_id"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "track"],
            ["participant.id", "participant.track"],
            name="fk_referral_participant_id_track",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.UniqueConstraint("handle", name="uq_referral_handle"),
        sa.UniqueConstraint(
            "id", "participant_id", "track", name="uq_referral_id_participant_id_track"
        ),
    )
    op.create_index("ix_referral_participant_id", "referral", ["participant_id"], unique=False)
    op.create_index("ix_referral_track_state", "referral", ["track", "state"], unique=False)


def _eligibility_review() -> None:
    op.create_table(
        "eligibility_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("factors", sa.JSON(), nullable=False),
        sa.Column("override_reason", sa.String(40), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff.id"], name="fk_eligibility_review_recorded_by"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id", "participant_id", "track"],
            ["referral.id", "referral.participant_id", "referral.track"],
            name="fk_eligibility_review_referral_id_participant_id_track",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_eligibility_review"),
    )
    op.create_index(
        "ix_eligibility_review_referral_id", "eligibility_review", ["referral_id"], unique=False
    )


def _prior_check() -> None:
    op.create_table(
        "prior_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(40), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name="fk_prior_check_recorded_by"),
        sa.ForeignKeyConstraint(
            ["referral_id", "participant_id", "track"],
            ["referral.id", "referral.participant_id", "referral.track"],
            name="fk_prior_check_referral_id_participant_id_track",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_prior_check"),
    )
    op.create_index("ix_prior_check_referral_id", "prior_check", ["referral_id"], unique=False)


def _enrollment() -> None:
    op.create_table(
        "enrollment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("program_version_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("legal_basis", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("active_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("monitored_until_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("exit_code", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id", "track"],
            ["participant.id", "participant.track"],
            name="fk_enrollment_participant_id_track",
        ),
        sa.ForeignKeyConstraint(
            ["program_version_id", "track"],
            ["program_version.id", "program_version.track"],
            name="fk_enrollment_program_version_id_track",
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_enrollment_referral_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enrollment"),
        sa.UniqueConstraint("handle", name="uq_enrollment_handle"),
        sa.UniqueConstraint(
            "id", "participant_id", "track", name="uq_enrollment_id_participant_id_track"
        ),
        sa.UniqueConstraint("referral_id", name="uq_enrollment_referral_id"),
    )
    op.create_index("ix_enrollment_participant_id", "enrollment", ["participant_id"], unique=False)
    op.create_index("ix_enrollment_track_state", "enrollment", ["track", "state"], unique=False)


def _enrollment_step() -> None:
    op.create_table(
        "enrollment_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("before", sa.String(40), nullable=True),
        sa.Column("after", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id", "participant_id", "track"],
            ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
            name="fk_enrollment_step_enrollment_id_participant_id_track",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff.id"], name="fk_enrollment_step_recorded_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enrollment_step"),
    )
    op.create_index(
        "ix_enrollment_step_enrollment_id", "enrollment_step", ["enrollment_id"], unique=False
    )


def _agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("program_version_id", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("terms_hash", sa.String(64), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("counsel_consulted", sa.Boolean(), nullable=False),
        sa.Column("waiver_text", sa.String(40), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id", "participant_id", "track"],
            ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
            name="fk_agreement_enrollment_id_participant_id_track",
        ),
        sa.ForeignKeyConstraint(
            ["program_version_id"], ["program_version.id"], name="fk_agreement_program_version_id"
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name="fk_agreement_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
        sa.UniqueConstraint("handle", name="uq_agreement_handle"),
    )
    op.create_index("ix_agreement_enrollment_id", "agreement", ["enrollment_id"], unique=False)


def _condition() -> None:
    op.create_table(
        "condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("excusal_asked_by", sa.Integer(), nullable=True),
        sa.Column("excused_by", sa.Integer(), nullable=True),
        sa.Column("excused_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "excused_by IS NULL OR excused_by <> excusal_asked_by",
            name=op.f("ck_condition_excused_by_another"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_condition_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["enrollment_id", "participant_id", "track"],
            ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
            name="fk_condition_enrollment_id_participant_id_track",
        ),
        sa.ForeignKeyConstraint(
            ["excusal_asked_by"], ["staff.id"], name="fk_condition_excusal_asked_by"
        ),
        sa.ForeignKeyConstraint(["excused_by"], ["staff.id"], name="fk_condition_excused_by"),
        sa.PrimaryKeyConstraint("id", name="pk_condition"),
        sa.UniqueConstraint("handle", name="uq_condition_handle"),
    )
    op.create_index("ix_condition_enrollment_id", "condition", ["enrollment_id"], unique=False)
    op.create_index("ix_condition_participant_id", "condition", ["participant_id"], unique=False)


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_evidence_quantity_not_zero")),
        sa.ForeignKeyConstraint(
            ["enrollment_id", "participant_id", "track"],
            ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
            name="fk_evidence_enrollment_id_participant_id_track",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name="fk_evidence_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index(
        "ix_evidence_enrollment_id_kind", "evidence", ["enrollment_id", "kind"], unique=False
    )


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("file_kind", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name="fk_import_run_done_by"),
        sa.ForeignKeyConstraint(["undone_by"], ["staff.id"], name="fk_import_run_undone_by"),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
        sa.UniqueConstraint("handle", name="uq_import_run_handle"),
    )
    op.create_index(
        "uq_import_run_standing",
        "import_run",
        ["track", "file_kind", "sha256"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )


def _imported_object() -> None:
    op.create_table(
        "imported_object",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name="fk_imported_object_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_imported_object"),
        sa.UniqueConstraint(
            "run_id", "kind", "object_id", name="uq_imported_object_run_id_kind_object_id"
        ),
    )
