"""Say which entries of the directory fit a filter and which are stale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.participants.spellings import fold
from diversion.partners.agencies.models import Organization, OrganizationKind

STALE_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Shown:
    """An organization with whether someone checked it lately."""

    organization: Organization
    is_stale: bool


def shown(
    organizations: Iterable[Organization], text: str, kind: OrganizationKind | None, today: date
) -> list[Shown]:
    """Return the entries that hold every word of `text` and are of `kind`, in their order."""
    words = fold(text).split()
    return [
        Shown(each, is_stale(each.verified_on, today))
        for each in organizations
        if (kind is None or each.kind is kind) and all(word in _all_of(each) for word in words)
    ]


def is_stale(verified_on: date | None, today: date) -> bool:
    return verified_on is None or today - verified_on > STALE_AFTER


def _all_of(each: Organization) -> str:
    parts = (each.name, each.kind.value, each.serves, each.languages, each.what_they_do,
             each.address)  # fmt: skip
    return fold(" ".join(parts))
