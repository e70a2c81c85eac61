"""Say which acts of the log an administrator sees: those of the system, about nobody's record."""

from diversion.audit.models import Act
from diversion.audit.queries import SYSTEM_ACTS

OF_ACCOUNTS = frozenset(
    {
        Act.ACCESS_REFUSED, Act.ACCOUNT_DISABLED, Act.ACCOUNT_LOCKED, Act.ACCOUNT_RELEASED,
        Act.BACKUP_MADE, Act.DEVICE_FORGOTTEN, Act.FACTOR_PROVEN, Act.FACTOR_RESET,
        Act.FACTOR_RESET_ASKED, Act.FACTOR_SET, Act.LINK_MADE, Act.LOG_READ, Act.PASSWORD_REHASHED,
        Act.PASSWORD_SET, Act.PREFERENCE_SET, Act.ROLE_ASKED, Act.ROLE_DECLINED, Act.ROLE_GRANTED,
        Act.ROLE_REMOVED, Act.SESSIONS_CLEARED, Act.SESSION_ENDED, Act.SIGNED_IN,
        Act.SIGNED_OUT, Act.SIGN_IN_FAILED, Act.STAFF_INVITED, Act.STAFF_NAMED, Act.TRACK_CHOSEN,
    }
)  # fmt: skip
ADMINISTRATORS_SEE = SYSTEM_ACTS | OF_ACCOUNTS


def visible_acts(*, may_read_all: bool) -> frozenset[Act]:
    """Return the acts whose rows a person may read."""
    return frozenset(Act) if may_read_all else ADMINISTRATORS_SEE
