"""Let fees of the fictional county be waived, planned, written off and asked about."""

import uuid
from datetime import date, time, timedelta
from functools import partial

from sqlalchemy import select

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.fees.ability.models import Benefit, Proof
from diversion.fees.ability.rules import Facts
from diversion.fees.ability.services import write_down
from diversion.fees.codes import Change, Why
from diversion.fees.models import Obligation
from diversion.fees.plans import services as plans
from diversion.fees.plans.rules import Every
from diversion.fees.plans.services import Terms
from diversion.fees.schedules.models import Office
from diversion.fees.state import queries as state_fees
from diversion.fees.state import services as state
from diversion.fees.state.models import Noted
from diversion.fees.waivers import services as waivers
from diversion.fees.waivers.models import FeeRequest
from diversion.participants.models import Participant
from diversion.staff.approvals import queries as approvals
from diversion.staff.approvals import services as decisions
from diversion.staff.approvals.models import Decision
from diversion.staff.models import Staff

HOUR, LATER = time(10), time(15, 30)
LIMIT, HOLD_DAYS = Money(100_000), 10
# How many days ago somebody asked, for what, why, and who decided it; nobody did yet for the last.
ASKED = (
    (200, Change.WAIVE, None, Why.INDIGENT, "Lives on food benefits; papers were seen.", "deputy"),
    (150, Change.REDUCE, 40_000, Why.PARTIAL, "Part-time work, two children.", "deputy"),
    (120, Change.REDUCE, 25_000, Why.HARDSHIP, "Rent takes most of the income.", "approver"),
    (60, Change.WRITE_OFF, None, Why.UNCOLLECTIBLE, "Left the state; letters come back.",
     "accountant"),
    (1, Change.WAIVE, None, Why.INDIGENT, "Lost the job in the last month.", ""),
)  # fmt: skip
# How many days ago a plan was signed, in how many parts; the last is not signed yet.
PLANNED = ((110, 4, True), (75, 8, True), (40, 6, True), (2, 5, False))


class Changes:
    """What happens to fees after they were charged, from the person who owes longest."""

    def __init__(self, stage: Stage, staff: dict[str, Staff]) -> None:
        self.stage, self.staff = stage, staff
        self.met: set[int] = set()

    def plan(self) -> None:
        for days, *asked in ASKED:
            day = self.stage.today - timedelta(days=days)
            self.stage.add(day, HOUR, partial(self._ask, day, *asked))
        for days, count, signed in PLANNED:
            day = self.stage.today - timedelta(days=days)
            self.stage.add(day, LATER, partial(self._plan, day, count, signed))

        self.stage.add(self.stage.today - timedelta(days=5), LATER, self._note_state_fees)

    def _note_state_fees(self) -> None:
        """Note what the court clerk collected or the court waived; of some nothing, one twice."""
        on, by = self.stage.today - timedelta(days=5), self.staff["classes"]
        query = select(Participant).where(Participant.track == Track.SBAD).order_by(Participant.id)
        for number, person in enumerate(db.session.scalars(query).all()):
            fee, kind = state_fees.of_participant(person.id), (Noted.PAID, Noted.WAIVED)
            if fee is None or number % 4 == 3 or fee.office is Office.PROGRAM_OFFICE:
                continue
            amount = Money(4_000) if number % 4 == 2 else fee.amount
            fact = state.Fact(kind[number % 2], amount, f"CC-{8810 + number}", on)
            made = state.note(person, fact, key=self._key(), by=by, on=on, now=clock.now())
            if number % 16 == 0:
                state.take_back(made, by=by, on=on, now=clock.now())

    def _ask(self, on: date, change: Change, cents: int | None, why: Why, note: str,
             decider: str) -> None:  # fmt: skip
        person = self._owing(Money(cents or 1))
        if person is None:
            return
        clerk, now = self.staff["classes"], clock.now()
        facts = Facts(3, Money(165_000), Money(158_000), Benefit.FOOD)
        sheet = write_down(
            person, facts, proof=Proof.PAPERS_SEEN, key=self._key(), by=clerk, on=on, now=now
        )
        fee = next(charge.handle for charge in fees.charges(person.id) if charge.open)
        owed = db.session.scalars(select(Obligation).where(Obligation.handle == fee)).one()
        amount = Money(cents) if cents else None
        wanted = waivers.Wanted(change, why, note, amount, worksheet=sheet)
        asked = waivers.ask(person, owed, wanted, key=self._key(), by=clerk, on=on, now=now)
        if decider:
            self._decide(asked, self.staff[decider], on)

    def _decide(self, asked: FeeRequest, by: Staff, on: date) -> None:
        waiting = approvals.latest_about(asked.change.matter, asked.handle)
        assert waiting is not None  # noqa: S101 (a request is made together with its paper)
        now = clock.now()
        by.active_track = Track.SBAD  # fees are of the class program's side
        decisions.decide(
            waiting, Decision.APPROVED, seen=waiting.hash16, by=by, limit=LIMIT, now=now
        )
        waivers.carry_out(asked, hold_days=HOLD_DAYS, on=on, now=now)

    def _plan(self, on: date, count: int, signed: bool) -> None:
        person = self._owing(Money(count))
        if person is None:
            return
        by, terms = self.staff["clerk"], Terms(count, Every.MONTH, on + timedelta(days=14))
        made = plans.make(person, terms, key=self._key(), by=by, on=on, now=clock.now())
        if signed:
            plans.sign(made, signed_on=on, document_hash="", by=by, on=on, now=clock.now())

    def _owing(self, at_least: Money) -> Participant | None:
        """Return who has owed longest and was not met here before."""
        query = select(Participant).where(
            Participant.track == Track.SBAD, Participant.id.not_in(self.met)
        )
        people = db.session.scalars(query.order_by(Participant.id)).all()
        owed = fees.owed_by([person.id for person in people])
        found = next((each for each in people if owed[each.id] >= at_least), None)
        if found is not None:
            self.met.add(found.id)
        return found

    def _key(self) -> str:
        return str(uuid.UUID(int=self.stage.random.getrandbits(128)))
