"""Let the fictional county set money aside, promise it, and pay bills with it."""

import uuid
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial

from flask import current_app
from sqlalchemy import select

from diversion.cli.rehearsal.stage import Stage
from diversion.community_court.help import services as help_from_fund
from diversion.core import clock
from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fund.awards import services as awards
from diversion.fund.awards.models import Aim, Award
from diversion.fund.awards.services import Promise
from diversion.fund.budget import services as budget
from diversion.fund.orders import services as orders
from diversion.fund.orders.kinds import Method, PayeeKind, matter_of
from diversion.fund.orders.models import Order
from diversion.fund.vouchers import queries, services
from diversion.fund.vouchers.services import Bill
from diversion.ledger.accounts import TREASURY
from diversion.ledger.queries import balance
from diversion.participants.models import Participant
from diversion.partners.agencies.models import OrganizationKind
from diversion.partners.agencies.services import Listing, add_organization
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Decision
from diversion.staff.approvals.queries import about
from diversion.staff.models import Staff

MORNING, NOON = time(9), time(12)
LIMIT = Money(100_000)
# Which day before today, out of which award, how much; whether it is
# paid, approved only (None), or not even that.
BILLS = (
    (60, 0, Money(180_000), True),
    *((58 - 4 * n, 1, Money(2_500 + 375 * n), True) for n in range(12)),
    (11, 0, Money(42_500), True),
    (9, 1, Money(6_400), None),
    (4, 0, Money(38_000), False),
)


class Treasury:
    """Who asks, who agrees and who pays, and what they agreed on so far."""

    def __init__(self, stage: Stage, staff: dict[str, Staff]) -> None:
        self.stage, self.staff = stage, staff
        self.awards: list[Award] = []

    def plan(self) -> None:
        """Put the year of the money that goes out on the stage."""
        self._on(75, MORNING, self._begin)
        for number, (days, award, amount, is_paid) in enumerate(BILLS):
            self._on(days, NOON, partial(self._bill, number, award, amount, is_paid))

    def _on(self, days: int, at: time, act: Callable[[date], object]) -> None:
        day = self.stage.today - timedelta(days=days)
        day -= timedelta(days=max(0, day.weekday() - 4))
        self.stage.add(day, at, partial(act, day))

    def _begin(self, on: date) -> None:
        """Adopt two lines and promise money out of each, as far as the fund has it."""
        by, starts = self.staff["accountant"], int(current_app.config["FISCAL_YEAR_STARTS"])
        shelter = Listing("Lantern House", OrganizationKind.HOUSING, listed=False)
        payee = add_organization(shelter, by=by)
        for name, to, aim in (
            ("Emergency housing", payee, Aim.HOUSING), ("Direct help", None, Aim.TRANSPORT),
        ):  # fmt: skip
            line = budget.add_line(name, 0, by=by)
            amount = Money(500_000)
            asked = budget.propose(
                line, amount, "Budget resolution", key=self._key(), first_month=starts, by=by,
                on=on, now=clock.now(),
            )  # fmt: skip
            self._agree(asked, asked.handle, on)
            kind = PayeeKind.ORGANIZATION if to else PayeeKind.VICTIM
            promise = Promise(kind, aim, Money(300_000))
            order = awards.promise(
                line, to, promise, key=self._key(), by=by, on=on, now=clock.now()
            )
            award = db.session.get_one(Award, order.award_id)
            self._agree(order, award.number, on)
            self.awards.append(award)

    def _bill(self, number: int, which: int, amount: Money, is_paid: bool | None, on: date) -> None:
        """Ask for a voucher if the fund has the money; most are paid some days later."""
        award = self.awards[which]
        if balance(TREASURY, earmark=0) < amount:
            return
        asker = self.staff["court"]
        if award.organization_id:
            bill = Bill(amount, f"INV-{1040 + number}")
            voucher = services.request(
                award, bill, key=self._key(), by=asker, on=on, now=clock.now()
            )
        else:
            voucher = help_from_fund.ask(
                self._survivor(number), award, Bill(amount, ""), key=self._key(), by=asker, on=on,
                now=clock.now(),
            )  # fmt: skip
        if is_paid is not False:
            self._agree(queries.row_of(voucher.id).Order, voucher.number, on)
        if is_paid:
            services.pay(
                voucher, Method.CHECK, str(20_400 + number), key=self._key(),
                by=self.staff["accountant"], on=on, now=clock.now(),
            )  # fmt: skip

    def _survivor(self, number: int) -> Participant:
        query = select(Participant).where(Participant.track == Track.COMMUNITY_COURT)
        people = db.session.scalars(query.order_by(Participant.id)).all()
        return people[number % len(people)]

    def _agree(self, order: Order, doc: str, on: date) -> None:
        by = self.staff["approver"]
        request = about(matter_of(order.kind), order.handle)[0]
        approvals.decide(
            request, Decision.APPROVED, seen=request.hash16, by=by, limit=LIMIT, now=clock.now()
        )
        orders.carry_out(order, doc=doc, by=by, on=on, now=clock.now())

    def _key(self) -> str:
        return str(uuid.UUID(int=self.stage.random.getrandbits(128)))
