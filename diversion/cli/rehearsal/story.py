"""Tell the fictional county's year from its first morning to this one."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from diversion.cli.rehearsal import (
    bank,
    batches,
    books,
    cast,
    counter,
    files,
    money,
    money_out,
    overpaid,
)  # fmt: skip
from diversion.cli.rehearsal.before_books import plan_old_receipts
from diversion.cli.rehearsal.cancelled import plan_cancelled
from diversion.cli.rehearsal.change import plan_change
from diversion.cli.rehearsal.changes import Changes
from diversion.cli.rehearsal.class_plans import ClassPlans
from diversion.cli.rehearsal.class_year import ClassYear
from diversion.cli.rehearsal.court_walk import Walk
from diversion.cli.rehearsal.court_year import CourtYear
from diversion.cli.rehearsal.loose_ends import plan_loose_ends
from diversion.cli.rehearsal.small_office import plan_small_office
from diversion.cli.rehearsal.stage import Stage
from diversion.cli.rehearsal.state_money import StateMoney
from diversion.cli.rehearsal.ways import Ways
from diversion.core import clock
from diversion.core.tracks import Track
from diversion.enrollments.terms.services import set_up
from diversion.fees.schedules.services import put_in_force
from diversion.partners.agencies.models import Member, MemberKind, Organization, OrganizationKind
from diversion.partners.agencies.services import Listing, add_member, add_organization
from diversion.partners.venues.services import add_place
from diversion.staff.models import Staff

YEAR = 364


@dataclass(frozen=True)
class Told:
    """How much happened."""

    acts: int
    survivors: int
    attendees: int


def tell(zone: str, *, days: int = YEAR) -> Told:
    """Play the year that ends now. The database must be new, migrated, and have its keys."""
    today = clock.today(zone)
    stage = Stage(zone, today - timedelta(days=days), today)
    staff: dict[str, Staff] = {}
    stage.add(stage.first_day, time(6), lambda: staff.update(cast.gather(clock.now())))
    first = stage.play(stage.instant(stage.first_day, time(6)))
    years: list[CourtYear | ClassYear] = []
    stage.add(stage.first_day, time(7), lambda: years.extend(_open_offices(stage, staff)))
    first += stage.play(stage.instant(stage.first_day, time(7)))
    for year in years:
        year.plan()
        if isinstance(year, ClassYear):
            ClassPlans(year).plan()
    money.plan_deposits(
        stage, by=staff["approver"], second=staff["accountant"], clerk=staff["clerk"]
    )
    plan_small_office(stage, by=staff["approver"], second=staff["accountant"])
    bank.plan_statements(stage, by=staff["accountant"])
    bank.plan_strangers(stage, by=staff["accountant"])
    books.plan_books(stage, (staff["accountant"], staff["approver"]))
    batches.plan_batches(stage, by=staff["accountant"])
    money.plan_today(stage, by=staff["clerk"])
    money_out.Treasury(stage, staff).plan()
    Changes(stage, staff).plan()
    overpaid.plan_overpayment(stage, staff)
    counter.Counter(stage, staff).plan()
    StateMoney(stage, staff).plan()
    plan_change(stage, by=staff["accountant"], second=staff["approver"])
    plan_cancelled(stage, by=staff["clerk"], second=staff["accountant"])
    plan_loose_ends(stage, by=staff["approver"], second=staff["accountant"])
    Ways(stage, staff).plan()
    files.plan_file(stage, by=staff["auditor"])
    acts = first + stage.play(clock.now())
    files.make_files()
    court, classes = years
    return Told(acts, court.newcomers, classes.newcomers)


def _open_offices(stage: Stage, staff: dict[str, Staff]) -> list[CourtYear | ClassYear]:
    by, on = staff["admin"], stage.first_day
    set_up(sbad_fee=money.FEE, in_force_on=on, by=by)
    put_in_force(Track.SBAD, money.LINES, by=by, on=on)
    police = add_organization(_listing("Example City Police", OrganizationKind.POLICE), by=by)
    plan_old_receipts(stage, agency=police, by=staff["classes"])
    mentors = add_organization(_listing("Lantern Mentors", OrganizationKind.ADVOCACY), by=by)
    walk = Walk(stage, staff["court"], staff["mentor"], _mentors(mentors, staff["mentor"], by, on))
    courtroom = add_place("Room 210", "Example County Courthouse", by=by)
    classroom = add_place("Room B", "Riverside Community Center", by=by)
    return [
        CourtYear(stage, staff["court"], walk, police, courtroom),
        ClassYear(
            stage, staff["classes"], (staff["instructor"], staff["second"]), staff["clerk"],
            police, classroom,
        ),
    ]  # fmt: skip


def _mentors(house: Organization, carla: Staff, by: Staff, on: date) -> tuple[Member, ...]:
    """Add three mentors; one of them signs in."""
    signs_in = {carla.name: carla}
    return tuple(
        add_member(
            MemberKind.MENTOR, name, organization=house, staff=signs_in.get(name), places=40,
            by=by, on=on,
        )
        for name in (carla.name, "Bea Torrance", "Mina Holloway")
    )  # fmt: skip


def _listing(name: str, kind: OrganizationKind) -> Listing:
    return Listing(name, kind, listed=False)
