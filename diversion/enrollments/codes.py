"""Name the codes that all rooms of this floor share."""

from enum import StrEnum

from diversion.core.words import Worded, _


class LegalBasis(Worded):
    """The statutory way in which a case is handled; configured, never assumed."""

    PRE_FILING = "pre_filing", _("Before filing")
    STATUTORY_DIVERSION = "statutory_diversion", _("Statutory diversion")
    DEFERRED_PLEA = "deferred_plea", _("Deferred plea")
    CONDITIONAL_DISCHARGE = "conditional_discharge", _("Conditional discharge")
    SENTENCE_CONDITION = "sentence_condition", _("Condition of a sentence")


class ConditionKind(StrEnum):
    """What a program asks of a person."""

    CLASS = "class"
    COUNSELING = "counseling"
    MENTOR_CONTACT = "mentor_contact"
    COMMUNITY_SERVICE = "community_service"
    APPEARANCE = "appearance"
    ESSAY = "essay"
    RESTORATIVE_ACT = "restorative_act"
    HEALTH_EDUCATION = "health_education"
    NO_NEW_ARREST = "no_new_arrest"
    FEE = "fee"
    RESTITUTION = "restitution"
    TREATMENT_EVALUATION = "treatment_evaluation"
    GOAL = "goal"
    NO_CONTACT = "no_contact"
    STATE_FEE = "state_fee"


class ReferralSource(StrEnum):
    """Where a referral comes from; the organization itself is on `partners`."""

    POLICE = "police"
    CHARGING_REVIEW = "charging_review"
    DEFENSE = "defense"
    COURT = "court"
    JAIL = "jail"
    TEAM_PARTNER = "team_partner"
    ADVOCATE = "advocate"
    SELF = "self"
    PROBATION = "probation"
    OTHER_COUNTY = "other_county"


class ReferralState(StrEnum):
    """How far a referral has come."""

    RECEIVED = "received"
    SCREENING = "screening"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    PRIOR_DIVERSION_BAR = "prior_diversion_bar"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_RESPONSE = "no_response"
    WITHDRAWN_BY_DA = "withdrawn_by_da"


class WhyReopened(Worded):
    """Why a decision against somebody is looked at again."""

    WRONG_CERTIFICATE = "wrong_certificate", _("The answer about an earlier diversion was wrong")
    NEW_FACTS = "new_facts", _("A fact was missing")
    OUR_ERROR = "our_error", _("It was our error")


class EnrollmentState(StrEnum):
    """Where a person stands in the program."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REQUIREMENTS_MET = "requirements_met"
    MONITORING = "monitoring"
    COMPLETED = "completed"
    DISMISSED = "dismissed"
    TERMINATION_PENDING = "termination_pending"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    CLOSED_NEUTRAL = "closed_neutral"


class ExitCode(StrEnum):
    """Why a person left; reported in three groups (`lifecycle/rules.py`)."""

    COMPLETED = "completed"
    ABSCONDED = "absconded"
    ADVERSE_TERMINATION = "adverse_termination"
    OPTED_OUT = "opted_out"
    MOVED = "moved"
    PROGRAM_TRANSFER = "program_transfer"
    IN_CUSTODY = "in_custody"
    DECEASED = "deceased"
    DISMISSED_OTHERWISE = "dismissed_otherwise"
    PROGRAM_ERROR = "program_error"


class Clock(Worded):
    """What a pause does to the days until which something is due."""

    RUNS = "runs", _("Due dates stay")
    STOPS = "stops", _("Due dates wait")


class RecordResult(Worded):
    """What a look for a new arrest said; the record itself is never kept."""

    CLEAR = "clear", _("No new arrest")
    NEW_ARREST = "new_arrest", _("A new arrest")
    INCONCLUSIVE = "inconclusive", _("No clear answer")


class Finding(Worded):
    """What came of a notice."""

    ENDED = "ended", _("The case returns to court")
    GOES_ON = "goes_on", _("The person goes on")


class CheckResult(StrEnum):
    """What the state answered to the question about an earlier diversion; a code, no record."""

    CLEAR = "clear"
    BAR = "bar"
    INCONCLUSIVE = "inconclusive"
    NOT_REQUIRED = "not_required"


class Factor(StrEnum):
    """What the District Attorney weighs before an offer.

    Source: ORS 135.886(2), read November 2026; the county's counsel confirms the list.
    """

    NATURE_OF_ACT = "nature_of_act"
    SPECIAL_CHARACTERISTICS = "special_characteristics"
    FIRST_TIME = "first_time"
    LIKELY_COOPERATION = "likely_cooperation"
    FIT_OF_PROGRAM = "fit_of_program"
    EFFECT_ON_COMMUNITY = "effect_on_community"
    POLICE_VIEW = "police_view"
    VICTIM_VIEW = "victim_view"
    RESTITUTION = "restitution"
    MITIGATION = "mitigation"


class Answer(StrEnum):
    """How a factor was answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
