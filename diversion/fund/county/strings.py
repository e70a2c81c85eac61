"""Keep under which account of the county each of ours is booked."""

import re
from collections.abc import Mapping

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.words import _
from diversion.fund.county.formats import FIELDS
from diversion.ledger import services as books
from diversion.ledger.models import AccountRow
from diversion.staff.models import Staff

WIDTHS = [each.width for each in FIELDS if each.title in
          ("Fund", "Department", "Account", "Project/Grant")]  # fmt: skip
_PART = re.compile(r"[A-Za-z0-9.]+(-[A-Za-z0-9.]+)*")


class NotAString(Invalid):
    """The county's file has so much room for each part, and no more."""

    sentence = _(
        "Write fund, department, account and project with a dash between, such as "
        "215-1805-410100-HT: at most 8, 10, 14 and 14 letters and digits. "
        "Fund and account alone will do."
    )


class ChangedMeanwhile(Refused):
    """Nobody's work is written over unseen."""

    sentence = _("Somebody changed the county's accounts meanwhile. Look at them again.")


def check(code: int, text: str) -> str:
    """Return a string as it is kept. Raises NotAString beside the field of the account."""
    parts = text.split("-", 3)
    widths = [WIDTHS[0], WIDTHS[2]] if len(parts) == 2 else WIDTHS
    fits = len(parts) >= 2 and all(
        _PART.fullmatch(part) and len(part) <= width
        for part, width in zip(parts, widths, strict=False)
    )
    if text and not fits:
        raise NotAString(NotAString.sentence, field=f"code_{code}")
    return text


def state(accounts: Mapping[int, str]) -> str:
    """Return what a page shows of the strings as they stand, to be held against them later."""
    return once.request_hash("county accounts", {str(k): v for k, v in accounts.items()})[:16]


def change(wanted: Mapping[int, str], *, seen: str, by: Staff) -> int:
    """Keep the county's accounts; return how many changed. Raises NotAString, ChangedMeanwhile."""
    books.hold()
    rows = {row.code: row for row in db.session.query(AccountRow)}
    if seen != state({code: row.county_string for code, row in rows.items()}):
        raise ChangedMeanwhile
    new = {code: check(code, text) for code, text in wanted.items()}
    changed = [code for code, text in new.items() if rows[code].county_string != text]
    for code in changed:
        record(Act.COUNTY_ACCOUNT_SET, f"account:{code}", by=by,
               before=rows[code].county_string, after=new[code])  # fmt: skip
        rows[code].county_string = new[code]
    db.session.flush()
    return len(changed)
