"""Ask for organizations and their members."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, or_, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.partners.agencies.models import (
    Member,
    MemberKind,
    Organization,
    OrganizationKind,
)


def organization_named(name: str) -> Organization | None:
    """Return the organization of that name, letter case aside."""
    found = func.lower(Organization.name) == name.strip().lower()
    return db.session.scalars(select(Organization).where(found)).one_or_none()


def organization(handle: str) -> Organization:
    return the_one(select(Organization).filter_by(handle=handle))


def organizations(
    on: date, kinds: Collection[OrganizationKind] = tuple(OrganizationKind)
) -> Sequence[Organization]:
    """Return those of some kinds that are in use, by name."""
    in_use = or_(Organization.retired_on.is_(None), Organization.retired_on > on)
    found = select(Organization).where(in_use, Organization.kind.in_(kinds))
    return db.session.scalars(found.order_by(Organization.name)).all()


def listed(on: date) -> Sequence[Organization]:
    """Return the directory: lines open day and night first, then by name."""
    in_use = or_(Organization.retired_on.is_(None), Organization.retired_on > on)
    return db.session.scalars(
        select(Organization)
        .where(in_use, Organization.listed)
        .order_by(Organization.around_the_clock.desc(), Organization.name)
    ).all()


def member(handle: str) -> Member:
    return the_one(select(Member).filter_by(handle=handle))


def member_named(kind: MemberKind, name: str) -> Member | None:
    named = func.lower(Member.name) == name.strip().lower()
    return db.session.scalars(select(Member).where(Member.kind == kind, named)).first()


def members(kind: MemberKind, on: date) -> Sequence[Member]:
    """Return who works in that kind on a day, by name."""
    works = (Member.started_on <= on) & or_(Member.ended_on.is_(None), Member.ended_on >= on)
    return db.session.scalars(
        select(Member).where(Member.kind == kind, works).order_by(Member.name, Member.id)
    ).all()
