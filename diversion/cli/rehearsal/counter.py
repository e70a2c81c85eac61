"""Let the counter of the fictional county have a day: drawer, cards, a refund, a void."""

import uuid
from datetime import date, time, timedelta

from sqlalchemy import select

from diversion.cli.rehearsal.change import CHANGE, FRONT
from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.fees.codes import ReturnReason
from diversion.fees.models import Obligation, Receipt, VoidReason
from diversion.fees.receipts.services import Payment
from diversion.fees.receipts.services import take as pay
from diversion.fees.refunds import queries as refunded
from diversion.fees.refunds import services as refunds
from diversion.fees.refunds.models import Instrument, Refund, RefundReason
from diversion.fees.returned import services as returned
from diversion.fees.returned.models import ReturnKind
from diversion.fees.unplaced import placing
from diversion.fees.unplaced import queries as unplaced
from diversion.fees.unplaced.models import UnplacedKind, UnplacedReceipt
from diversion.fees.unplaced.services import Handed, take
from diversion.fees.unplaced_returns import services as gifts_back
from diversion.fees.void_models import PayersCopy
from diversion.fees.voids import services as voids
from diversion.fund.deposits.models import WhyDifferent
from diversion.fund.drawers import services as drawers
from diversion.fund.drawers import tills
from diversion.fund.drawers.queries import open_of
from diversion.fund.settlements.services import settle
from diversion.ledger import queries as ledger
from diversion.ledger import receipts
from diversion.ledger.accounts import CARD_CLEARING
from diversion.ledger.commands import Mode
from diversion.participants.models import Participant
from diversion.participants.queries import with_id
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff


class Counter:
    """One day at the counter, and the morning of today."""

    def __init__(self, stage: Stage, staff: dict[str, Staff]) -> None:
        self.stage, self.staff = stage, staff
        self.day = stage.today - timedelta(days=1)

    def plan(self) -> None:
        acts = (self._open, self._odd_money, self._cards, self._refund, self._close)
        for hour, act in enumerate(acts, 9):
            self.stage.add(self.day, time(hour), act)
        self.stage.add(self.day - timedelta(days=40), time(11), self._checks_of_gifts)
        self.stage.add(self.day, time(15), self._gift_back)
        self.stage.add(self.stage.today, time(0, 3), self._this_morning)

    @property
    def _clerk(self) -> Staff:
        return self.staff["clerk"]

    def _open(self, on: date | None = None) -> None:
        on, now, by = on or self.day, clock.now(), self._clerk
        drawers.open_drawer(CHANGE, by=by, on=on, now=now, till=tills.named(FRONT))

    def _odd_money(self) -> None:
        """Take a gift in cash, and a check without a name that two people place."""
        self._take(UnplacedKind.DONATION, 2_500, Mode.CASH, "", self.day)
        check = self._take(UnplacedKind.UNIDENTIFIED, 12_000, Mode.CHECK, "4471", self.day)
        owing = self._owing()
        if owing is not None:
            said = placing.ask(check, owing, by=self._clerk, on=self.day, now=clock.now())
            self._approve(Matter.IDENTIFICATION, said.handle)
            placing.carry_out(
                said, approved_by=self.staff["accountant"].id, on=self.day, now=clock.now()
            )

    def _checks_of_gifts(self) -> None:
        """Take two gifts by check, which go to the bank with the next bag."""
        for reference, cents in (("5120", 6_000), ("5121", 4_500)):
            day = self.day - timedelta(days=40)
            self._take(UnplacedKind.DONATION, cents, Mode.CHECK, reference, day)

    def _gift_back(self) -> None:
        """Note that one of the gifts came back."""
        gifts = select(UnplacedReceipt).where(UnplacedReceipt.mode == Mode.CHECK)
        found = [g for g in db.session.scalars(gifts) if unplaced.may_return(g)]
        if found:
            why = ReturnReason.INSUFFICIENT_FUNDS
            gifts_back.ask(found[0], why, "R-81", by=self._clerk, on=self.day, now=clock.now())

    def _cards(self) -> None:
        """Settle the cards of the year but the last, and note that one is disputed."""
        query = select(Receipt).where(Receipt.mode == Mode.CARD).order_by(Receipt.id)
        waiting = [r for r in db.session.scalars(query) if ledger.balance(CARD_CLEARING, r.id)]
        if not waiting:
            return
        lines = ["reference,gross,fee,net"]
        for each in waiting[:-1]:
            fee = Money(each.amount.cents * 29 // 1000 + 30)
            figures = (each.amount.plain(), fee.plain(), (each.amount - fee).plain())
            lines.append(",".join((each.reference, *figures)))
        lines.append("A00000001,25.00,1.03,23.97")
        by = self.staff["accountant"]
        settle("\n".join(lines).encode(), by=by, on=self.day, now=clock.now())
        notice = returned.Notice(ReturnKind.CHARGEBACK, ReturnReason.DISPUTED, "CB-2207")
        returned.ask(waiting[-1].number, notice, by=self._clerk, on=self.day, now=clock.now())

    def _refund(self) -> None:
        """Pay a part back that the court ordered: three people."""
        made = self._approved_refund(self.day)
        if made is not None and (made.held_until is None or made.held_until <= self.day):
            payer = self.staff["approver"]
            refunds.pay(made, Instrument.CHECK, "70211", by=payer, on=self.day, now=clock.now())

    def _approved_refund(self, on: date) -> Refund | None:
        """Let a refund of what somebody paid in cash be asked for and approved."""
        before = select(Refund.participant_id)
        query = select(Receipt).where(
            Receipt.mode == Mode.CASH, Receipt.participant_id.not_in(before)
        )
        newest = db.session.scalars(query.order_by(Receipt.id.desc()))
        paid = next((r for r in newest if receipts.is_at_bank(r.id)), None)
        sources = refunded.sources(paid.participant_id) if paid else []
        if paid is None or not sources or sources[0].most < Money(5_000):
            return None
        person = with_id(paid.participant_id, Track.SBAD)
        due = fees.by_key(person.id, [(sources[0].handle, Money(1))])
        fee = db.session.get(Obligation, next(iter(due), 0))
        wish = refunds.Wish(Money(5_000), RefundReason.COURT_ORDER, fee, document="24CR-7")
        now = clock.now()
        made = refunds.ask(person, wish, key=self._key(), by=self._clerk, on=on, now=now)
        self._approve(Matter.REFUND, made.handle)
        approver = self.staff["accountant"].id
        refunds.carry_out(made, approved_by=approver, hold_days=10, on=on, now=now)
        return made

    def _close(self) -> None:
        """Count the drawer half a dollar short; somebody else signs it."""
        drawer = open_of(self._clerk.id)
        if drawer is None:
            return
        held = CHANGE + receipts.cash_since(self._clerk.id, drawer.opened_at) - Money(50)
        drawers.count(drawer, {1: held.cents}, by=self._clerk, now=clock.now())
        approver = self.staff["approver"]
        drawers.sign(drawer, WhyDifferent.CHANGE, by=approver, now=clock.now())

    def _this_morning(self) -> None:
        """Open the drawer, take checks without a name, and ask for what others decide."""
        today = self.stage.today
        self._open(today)
        self._take(UnplacedKind.UNIDENTIFIED, 7_500, Mode.CHECK, "1188", today)
        check = self._take(UnplacedKind.UNIDENTIFIED, 4_000, Mode.CHECK, "3062", today)
        owing = self._owing()
        if owing is not None:
            placing.ask(check, owing, by=self._clerk, on=today, now=clock.now())
        self._approved_refund(today)
        query = select(Receipt).where(Receipt.taken_on == today, ~Receipt.imported)
        newest = db.session.scalars(query.order_by(Receipt.id.desc())).first()
        if newest is not None:
            voids.ask(
                newest, reason=VoidReason.WRONG_METHOD, copy=PayersCopy.RETURNED, by=self._clerk,
                on=today, now=clock.now(),
            )  # fmt: skip
        self._pay(today)

    def _pay(self, on: date) -> None:
        """Take a payment that nobody asks to void."""
        owing = self._owing()
        if owing is not None:
            paid = Payment(min(Money(2_000), fees.owed_by([owing.id])[owing.id]), Mode.CASH)
            pay(owing, paid, key=self._key(), by=self._clerk, on=on, now=clock.now())

    def _take(
        self, kind: UnplacedKind, cents: int, mode: Mode, reference: str, on: date
    ) -> UnplacedReceipt:
        handed = Handed(kind, Money(cents), mode, reference)
        return take(handed, key=self._key(), by=self._clerk, on=on, now=clock.now()).made

    def _owing(self) -> Participant | None:
        people = db.session.scalars(select(Participant).filter_by(track=Track.SBAD)).all()
        owed = fees.owed_by([person.id for person in people])
        return next((person for person in people if owed[person.id]), None)

    def _approve(self, matter: Matter, subject: str) -> None:
        request = latest_about(matter, subject)
        if request is not None:
            decide(
                request, Decision.APPROVED, seen=request.hash16, by=self.staff["accountant"],
                limit=ZERO, now=clock.now(),
            )  # fmt: skip

    def _key(self) -> str:
        return str(uuid.UUID(int=self.stage.random.getrandbits(128)))
