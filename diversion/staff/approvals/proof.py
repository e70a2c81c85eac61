"""Find papers that are no longer what a second person was asked about."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from diversion.core.database import db
from diversion.staff.approvals.models import ApprovalRequest, Matter


@dataclass(frozen=True)
class Kind:
    """Papers of one kind: on which matters they are asked, and what an approval is bound to.

    `hashed` returns None for a paper whose content is known only once it is carried out.
    """

    matters: frozenset[Matter]
    model: type[Any]
    hashed: Callable[[Any], str | None]
    named: str = "handle"
    asked_by: str = "asked_by_id"


@dataclass(frozen=True)
class Altered:
    """A request whose paper is gone, is another person's, or says something else by now."""

    request: int
    matter: Matter
    subject: str


def altered(kinds: Iterable[Kind]) -> Iterator[Altered]:
    """Yield each request that does not fit its paper, with the hash computed anew."""
    for kind in kinds:
        asked = _asked(kind)
        found = _rows(kind, asked) if asked else {}
        for subject, requests in asked.items():
            row = found.get(subject)
            now = "" if row is None else kind.hashed(row)
            asker = getattr(row, kind.asked_by, None)
            on_day = _is_of_a_day(row, requests)
            for each in requests:
                if each.asked_by_id != asker or now not in (None, each.request_hash) or not on_day:
                    yield Altered(each.id, each.matter, subject)


def _asked(kind: Kind) -> dict[str, list[Any]]:
    columns = (R.id, R.matter, R.subject, R.request_hash, R.asked_by_id, R.asked_at)
    asked: dict[str, list[Any]] = defaultdict(list)
    query = select(*columns).where(R.matter.in_(sorted(kind.matters))).order_by(R.id)
    for row in db.session.execute(query):
        asked[row.subject].append(row)
    return asked


R = ApprovalRequest


def _is_of_a_day(row: Any, requests: Iterable[Any]) -> bool:
    """Say whether a paper's day is one on which it was asked: the court's day or the next or last.

    The instants are UTC, and the log was told of them.
    """
    asked_on = getattr(row, "asked_on", None)
    return asked_on is None or any(
        abs(asked_on - each.asked_at.date()) <= timedelta(days=1) for each in requests
    )


def _rows(kind: Kind, subjects: Iterable[str]) -> Mapping[str, Any]:
    """Return the papers by name, as the database has them by now."""
    query = select(kind.model).execution_options(populate_existing=True)
    try:
        return {getattr(row, kind.named): row for row in db.session.scalars(query)}
    except LookupError:  # a code that no paper has: then each is looked at alone
        return {s: row for s in subjects if (row := _one(kind, s)) is not None}


def _one(kind: Kind, subject: str) -> Any:
    query = select(kind.model).where(getattr(kind.model, kind.named) == subject)
    try:
        return db.session.scalars(query).one_or_none()
    except LookupError:
        return None
