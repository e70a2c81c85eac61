"""Keep the log: rows that are only ever added, each chained to the one before."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base

_SEQ = BigInteger().with_variant(Integer, "sqlite")


class Act(StrEnum):
    """Everything that the log can say was done; chosen by the program, never by a request."""

    ABILITY_STATED = "ability_stated"
    ACCESS_REFUSED = "access_refused"
    ACCOUNTS_LISTED = "accounts_listed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_RELEASED = "account_released"
    ACCOUNT_SWITCHED = "account_switched"
    AGING_LISTED = "aging_listed"
    AGREEMENT_SIGNED = "agreement_signed"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_DECIDED = "approval_decided"
    ASSIGNMENT_ENDED = "assignment_ended"
    ASSIGNMENT_MADE = "assignment_made"
    ATTENDANCE_CORRECTED = "attendance_corrected"
    ATTENDANCE_MARKED = "attendance_marked"
    AWARD_ASKED = "award_asked"
    BACKUP_MADE = "backup_made"
    BANK_LINE_MATCHED = "bank_line_matched"
    BANK_LINE_UNMATCHED = "bank_line_unmatched"
    BANK_PAPER_MADE = "bank_paper_made"
    BANK_STATEMENT_BROUGHT = "bank_statement_brought"
    BANK_STATEMENT_TAKEN_BACK = "bank_statement_taken_back"
    BLOCK_LIFTED = "block_lifted"
    BLOCK_PLACED = "block_placed"
    BOOKS_PROVED = "books_proved"
    BUDGET_LINE_ADDED = "budget_line_added"
    CARDS_SETTLED = "cards_settled"
    CLASS_CALLED_OFF = "class_called_off"
    CLASS_CHANGED = "class_changed"
    CLASS_CLOSED = "class_closed"
    CLASS_MOVED = "class_moved"
    CLASS_OPENED = "class_opened"
    CLASS_PLANNED = "class_planned"
    CLOCK_WENT_BACK = "clock_went_back"
    CLOSED_DAY_SET = "closed_day_set"
    CODE_ADDED = "code_added"
    CODE_RETIRED = "code_retired"
    CONDITION_EXCUSED = "condition_excused"
    CONTACT_LOGGED = "contact_logged"
    CORRECTION_ASKED = "correction_asked"
    CORRECTION_POSTED = "correction_posted"
    COUNSELING_BEGUN = "counseling_begun"
    COUNSELING_ENDED = "counseling_ended"
    COUNTY_ACCOUNT_SET = "county_account_set"
    COUNTY_BATCH_MADE = "county_batch_made"
    COUNTY_BATCH_NOTED = "county_batch_noted"
    COURSE_ADDED = "course_added"
    CREDIT_APPLIED = "credit_applied"
    DEPOSIT_CONFIRMED = "deposit_confirmed"
    DEPOSIT_DRAWN = "deposit_drawn"
    DEPOSIT_MADE = "deposit_made"
    DEVICE_FORGOTTEN = "device_forgotten"
    DOCKET_ENDED = "docket_ended"
    DOCKET_MADE = "docket_made"
    DRAWER_COUNTED = "drawer_counted"
    DRAWER_OPENED = "drawer_opened"
    DRAWER_SIGNED = "drawer_signed"
    DUPLICATE_DECIDED = "duplicate_decided"
    EARMARK_ADDED = "earmark_added"
    ENROLLMENT_MOVED = "enrollment_moved"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_TAKEN_BACK = "evidence_taken_back"
    EXPORT_ASKED = "export_asked"
    EXPORT_DROPPED = "export_dropped"
    EXPORT_ENDED = "export_ended"
    EXPORT_MADE = "export_made"
    FACTOR_PROVEN = "factor_proven"
    FACTOR_RESET = "factor_reset"
    FACTOR_RESET_ASKED = "factor_reset_asked"
    FACTOR_SET = "factor_set"
    FEE_ASSESSED = "fee_assessed"
    FEE_CHANGED = "fee_changed"
    FEE_CHANGE_ASKED = "fee_change_asked"
    FEE_CHANGE_SHOWN = "fee_change_shown"
    FEE_OVERDUE_NOTED = "fee_overdue_noted"
    FEE_SCHEDULE_MADE = "fee_schedule_made"
    FEE_UNDONE = "fee_undone"
    FILE_OPENED = "file_opened"
    HELP_ASKED = "help_asked"
    IMPORT_CHECKED = "import_checked"
    IMPORT_DONE = "import_done"
    IMPORT_UNDONE = "import_undone"
    ITEM_RETURNED = "item_returned"
    KEYS_RENEWED = "keys_renewed"
    KEYS_REWRAPPED = "keys_rewrapped"
    LETTER_PRINTED = "letter_printed"
    LINK_MADE = "link_made"
    LOG_OPENED = "log_opened"
    LOG_READ = "log_read"
    MATCH_MADE = "match_made"
    MATCH_MOVED = "match_moved"
    MEMBER_ADDED = "member_added"
    MEMBER_ENDED = "member_ended"
    MISSED_DECIDED = "missed_decided"
    MISSED_WITHDRAWN = "missed_withdrawn"
    MONEY_PLACED = "money_placed"
    NAMES_SHOWN = "names_shown"
    OFFICE_SWITCHED = "office_switched"
    ORDER_ASKED = "order_asked"
    ORDER_POSTED = "order_posted"
    ORGANIZATION_ADDED = "organization_added"
    ORGANIZATION_AMENDED = "organization_amended"
    ORGANIZATION_RETIRED = "organization_retired"
    ORGANIZATION_VERIFIED = "organization_verified"
    OUTCOME_RECORDED = "outcome_recorded"
    PARTICIPANT_AMENDED = "participant_amended"
    PARTICIPANT_REGISTERED = "participant_registered"
    PARTICIPANT_TAKEN_BACK = "participant_taken_back"
    PASSWORD_REHASHED = "password_rehashed"  # noqa: S105 (the name of an act)
    PASSWORD_SET = "password_set"  # noqa: S105 (the name of an act)
    PAYMENT_MADE = "payment_made"
    PERIOD_CLOSED = "period_closed"
    PERIOD_CLOSING = "period_closing"
    PERIOD_EXPLAINED = "period_explained"
    PERIOD_REOPENED = "period_reopened"
    PERIOD_RESUMED = "period_resumed"
    PERIOD_SIGNED = "period_signed"
    PLACE_ADDED = "place_added"
    PLACE_BOOKED = "place_booked"
    PLACE_RELEASED = "place_released"
    PLAN_ENDED = "plan_ended"
    PLAN_MADE = "plan_made"
    PLAN_SIGNED = "plan_signed"
    PREFERENCE_SET = "preference_set"
    PRIOR_CHECK_ANSWERED = "prior_check_answered"
    PRIOR_CHECK_ASKED = "prior_check_asked"
    RECEIPTS_LISTED = "receipts_listed"
    RECEIPT_GIVEN = "receipt_given"
    RECEIPT_SHOWN = "receipt_shown"
    RECEIPT_VOIDED = "receipt_voided"
    REFERRAL_DECIDED = "referral_decided"
    REFERRAL_MOVED = "referral_moved"
    REFERRAL_RECEIVED = "referral_received"
    REFUND_APPROVED = "refund_approved"
    REFUND_ASKED = "refund_asked"
    REFUND_CANCEL_ASKED = "refund_cancel_asked"
    REFUND_CANCELLED = "refund_cancelled"
    REFUND_PAID = "refund_paid"
    REGISTRATION_CANCELLED = "registration_cancelled"
    REGISTRATION_CONFIRMED = "registration_confirmed"
    REGISTRATION_MADE = "registration_made"
    REGISTRATION_MOVED = "registration_moved"
    RESTORED = "restored"
    RETURN_ASKED = "return_asked"
    ROLE_ASKED = "role_asked"
    ROLE_DECLINED = "role_declined"
    ROLE_GRANTED = "role_granted"
    ROLE_REMOVED = "role_removed"
    ROLL_FINISHED = "roll_finished"
    ROLL_SHOWN = "roll_shown"
    ROSTER_SHOWN = "roster_shown"
    SEARCHED = "searched"
    SESSIONS_CLEARED = "sessions_cleared"
    SESSION_ENDED = "session_ended"
    SETTING_AMENDED = "setting_amended"
    SETTING_ARRIVED = "setting_arrived"
    SETTING_MADE = "setting_made"
    SETTING_VACATED = "setting_vacated"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    STAFF_INVITED = "staff_invited"
    STAFF_NAMED = "staff_named"
    STATE_FEE_NOTED = "state_fee_noted"
    STATE_FEE_REMITTED = "state_fee_remitted"
    STATE_SPLIT_MADE = "state_split_made"
    STATEMENT_PRINTED = "statement_printed"
    TERMS_SET = "terms_set"
    TILL_ADDED = "till_added"
    TRACK_CHOSEN = "track_chosen"
    UPLOAD_DROPPED = "upload_dropped"
    UPLOAD_KEPT = "upload_kept"
    UPLOAD_OPENED = "upload_opened"
    VOUCHER_ASKED = "voucher_asked"
    WALK_IN_NOTED = "walk_in_noted"
    WALK_IN_SETTLED = "walk_in_settled"
    WEEK_SIGNED = "week_signed"
    YEAR_LOCKED = "year_locked"


class AuditRow(Base):
    """One act: who, when, what, on which objects, from where. Never a name, never a text."""

    __tablename__ = "audit_row"

    seq: Mapped[int] = mapped_column(_SEQ, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[int | None]
    roles: Mapped[str] = mapped_column(String(200))
    track: Mapped[str] = mapped_column(String(20))
    session: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(40))
    objects: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(20))
    facts: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(45))
    request_id: Mapped[str] = mapped_column(String(64))
    release: Mapped[str] = mapped_column(String(20))
    key_id: Mapped[int]
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditObject(Base):
    """What a row is about, one line each, so that "who looked" is found without a scan."""

    __tablename__ = "audit_object"
    __table_args__ = (Index(None, "object"),)

    seq: Mapped[int] = mapped_column(_SEQ, ForeignKey("audit_row.seq"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    object: Mapped[str] = mapped_column(String(80))
