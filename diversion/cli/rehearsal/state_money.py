"""Let the fictional county take the state's fee at its own counter, in its last weeks."""

import uuid
from datetime import date, time, timedelta

from sqlalchemy import select

from diversion.cli.rehearsal.money import LINES
from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.fees.codes import ReturnReason
from diversion.fees.models import Payor, VoidReason
from diversion.fees.remittees.queries import all_of_them
from diversion.fees.remittees.rules import Share
from diversion.fees.remittees.services import put_in_force as split
from diversion.fees.schedules.models import LineKind, Office
from diversion.fees.schedules.services import Part, put_in_force
from diversion.fees.state import queries as state
from diversion.fees.state_models import StateReceipt
from diversion.fees.state_receipts import services as receipts
from diversion.fees.state_returns import services as returns
from diversion.fees.void_in_place import Why
from diversion.fees.void_models import PayersCopy
from diversion.fund.chart.models import Use
from diversion.fund.chart.services import switch
from diversion.fund.orders.kinds import Method
from diversion.fund.remittances import queries, services
from diversion.fund.state_deposits import services as deposits
from diversion.fund.state_deposits.models import StateDeposit
from diversion.ledger.accounts import STATUTORY_UNDEPOSITED
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import undeposited
from diversion.participants.models import Participant
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff

OURS = Part("State diversion fee", Money(10_000), LineKind.STATUTORY, noted=True,
            office=Office.PROGRAM_OFFICE)  # fmt: skip
SHARES = (Share("State Criminal Fine Account", 70), Share("Example County Treasurer", 30))
HOUR, BEGUN = time(16, 30), 60


class StateMoney:
    """From the county's decision to what waits this morning."""

    def __init__(self, stage: Stage, staff: dict[str, Staff]) -> None:
        self.stage = stage
        self.clerk, self.one, self.two = (staff[n] for n in ("clerk", "accountant", "approver"))

    def plan(self) -> None:
        acts = ((BEGUN, self._begin), (5, self._take), (4, self._bag), (3, self._confirm),
                (2, self._send), (1, self._bounce), (1, self._take_more))  # fmt: skip
        for days, act in acts:
            self.stage.add(self.stage.today - timedelta(days=days), HOUR, act)
        self.stage.add(self.stage.today, time(0, 5), self._this_morning)

    def _begin(self) -> None:
        on, now = self._today(), clock.now()
        switch(Use.STATE_FEE, "Board order 26-118", wanted=True, by=self.two, on=on, now=now)
        split(SHARES, key=self._key(), by=self.two, on=on, today=on, now=now)
        put_in_force(Track.SBAD, [LINES[0], OURS], by=self.two, on=on)

    def _take(self) -> None:
        """Take cash from one, a check from the next, and so on; the last three pay later."""
        for number, person in enumerate(self._owing()[-11:-3]):
            self._receipt(
                person, *((Mode.CASH, "") if number % 2 else (Mode.CHECK, str(3_100 + number)))
            )

    def _take_more(self) -> None:
        for person in self._owing()[:1]:
            self._receipt(person, Mode.MONEY_ORDER, "88123", cents=4_000)

    def _bag(self) -> None:
        lying = undeposited(account=STATUTORY_UNDEPOSITED)
        cash = sum(each.amount.cents for each in lying if each.mode is Mode.CASH)
        if lying:
            numbers = [each.number for each in lying]
            deposits.prepare(
                numbers, {1: cash} if cash else {}, key=self._key(), by=self.one,
                on=self._today(), now=clock.now(),
            )  # fmt: skip

    def _confirm(self) -> None:
        for bag in db.session.scalars(select(StateDeposit)):
            today = self._today()
            deposits.confirm(bag, today, "T-118", by=self.two, today=today, now=clock.now())

    def _send(self) -> None:
        """Send on what is due to the second office, approved, and ask for half of the first's."""
        first, second = all_of_them()
        due = queries.due_to(second.id)
        if due and queries.stand().held:
            how = services.Sending(due, Method.CHECK, "70301")
            asked = services.ask(second, how, key=self._key(), by=self.one, now=clock.now())
            self._approve(asked.handle)
            services.carry_out(asked, approved_by=self.two.id, on=self._today(), now=clock.now())
            half = services.Sending(queries.due_to(first.id).shares(2)[1], Method.EFT, "E-7702")
            services.ask(first, half, key=self._key(), by=self.one, now=clock.now())

    def _bounce(self) -> None:
        query = select(StateReceipt).where(StateReceipt.mode == Mode.CHECK)
        for check in db.session.scalars(query.limit(1)):
            why, on = ReturnReason.INSUFFICIENT_FUNDS, self._today()
            returns.ask(check, why, "R-55", by=self.clerk, on=on, now=clock.now())

    def _this_morning(self) -> None:
        """Bag what came yesterday, take it twice, void one, leave the other in the drawer."""
        self._bag()
        owing = self._owing()
        made = [self._receipt(each, Mode.CASH, "", cents=2_500) for each in owing[:2]]
        for receipt in made[1:]:
            why = Why(VoidReason.WRONG_AMOUNT, PayersCopy.PAYER_LEFT, receipt.hash16)
            receipts.void(receipt, why, by=self.one, on=self._today(), now=clock.now())

    def _owing(self) -> list[Participant]:
        people = db.session.scalars(select(Participant).filter_by(track=Track.SBAD)).all()
        found = ((each, state.of_participant(each.id)) for each in people[-40:])
        here = Office.PROGRAM_OFFICE
        return [each for each, fee in found if fee and fee.open and fee.office is here]

    def _receipt(
        self, person: Participant, mode: Mode, reference: str, cents: int = 0
    ) -> StateReceipt:
        fee = state.of_participant(person.id)
        amount = Money(cents) if cents else fee.open if fee else ZERO
        handed = receipts.Handed(amount, mode, reference, Payor.SELF)
        return receipts.take(
            person, handed, key=self._key(), by=self.clerk, on=self._today(), now=clock.now()
        ).made

    def _approve(self, subject: str) -> None:
        request = latest_about(Matter.REMITTANCE, subject)
        if request is not None:
            decide(
                request, Decision.APPROVED, seen=request.hash16, by=self.two, limit=ZERO,
                now=clock.now(),
            )  # fmt: skip

    def _today(self) -> date:
        return clock.today(self.stage.zone)

    def _key(self) -> str:
        return str(uuid.UUID(int=self.stage.random.getrandbits(128)))
