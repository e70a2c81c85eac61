"""Do each act of the fund's rule table through the services; remember whose keys its lines bear."""

from typing import Any

from diversion.core.money import Money
from diversion.fund.awards.models import Award
from diversion.fund.corrections import services as corrections
from diversion.fund.corrections.models import CorrectionKind
from diversion.fund.corrections.services import Wish
from diversion.fund.deposits import confirming, drafts
from diversion.fund.deposits.confirming import Taken
from diversion.fund.deposits.models import WhyDifferent
from diversion.fund.orders.kinds import Method, OrderKind, PayeeKind
from diversion.fund.reconciliation import carrying, keeping, queries, services
from diversion.fund.reconciliation.models import Meaning
from diversion.fund.reconciliation.services import Choice
from diversion.fund.reconciliation.statement import Line as BankLine
from diversion.fund.reconciliation.statement import Statement
from diversion.fund.vouchers import queries as vouchers
from diversion.fund.vouchers.models import Voucher
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Line, credit, debit
from tests.conftest import NOW
from tests.factories import disbursements as out
from tests.factories.fund import TODAY
from tests.fund import test_corrections as papers
from tests.fund import test_deposits_second as bags
from tests.fund import test_money_out as money

K = OrderKind


class Acts:
    """The office that acts; `keys` says by what lines are kept, `before` what went before."""

    def __init__(self) -> None:
        self.office = out.make_office()
        self.people = self.office.asks, self.office.agrees
        self.keys: dict[str, Any] = {"line": 1}
        self.before = 0

    def ready(self) -> None:
        self.before = ledger.head().number

    # --- deposits ---

    def deposit(self) -> None:
        numbers = bags.check(50), bags.check(70)
        self.ready()
        made = bags.bag(self.office.asks, *numbers)
        self.keys |= {"deposit": made.id}

    def _count(self, tens: int) -> None:
        drawn = bags.draw([bags.cash(50)], {1000: tens}, self.office.asks)
        self.ready()
        made = drafts.carry_out(drawn, approved_by=self.office.agrees.id, now=NOW)
        self.keys |= {"deposit": made.id}
        self.before += 1  # the deposit itself comes first

    def count_short(self) -> None:
        self._count(4)

    def count_over(self) -> None:
        self._count(6)

    def confirm(self) -> None:
        made = bags.bag(self.office.asks)
        self.keys |= {"deposit": made.id}
        self.ready()
        bags.take(made, 5_000, self.office.agrees)

    def _bank_took(self, cents: int) -> None:
        made = bags.bag(self.office.asks)
        self.keys |= {"deposit": made.id}
        told = Taken(TODAY, Money(cents), "", WhyDifferent.BANK_ERROR)
        said = confirming.say(made, told, by=self.office.agrees, today=TODAY, now=NOW)
        self.ready()
        second = self.office.pays.id
        confirming.confirm(said, by=self.office.agrees.id, approved_by=second, now=NOW)

    def bank_took_less(self) -> None:
        self._bank_took(4_500)

    def bank_took_more(self) -> None:
        self._bank_took(5_500)

    # --- the bank ---

    def _say(self, meaning: Meaning, cents: int) -> None:
        out.give(1_000)
        by, second = self.people
        found = Statement("a" * 64, (BankLine(TODAY, "A LINE", Money(cents)),))
        statement, _is_new = keeping.bring(found, by=by, now=NOW)
        (line,) = queries.lines_of(statement.id)
        self.ready()
        said = services.say([Choice(line, meaning)], by=by, on=TODAY, now=NOW)
        if not said.is_posted:
            carrying.carry_out(said.paper, approved_by=second.id, on=TODAY, now=NOW)

    def charge(self) -> None:
        self._say(Meaning.CHARGE, -700)

    def transfer_out(self) -> None:
        self._say(Meaning.TRANSFER_OUT, -700)

    def transfer_in(self) -> None:
        self._say(Meaning.TRANSFER_IN, 700)

    def interest(self) -> None:
        self._say(Meaning.INTEREST, 700)

    def donation(self) -> None:
        self._say(Meaning.DONATION, 700)

    def grant(self) -> None:
        self._say(Meaning.GRANT, 700)

    # --- what goes out ---

    def adopt(self) -> None:
        self.keys |= {"line": out.make_line(self.office).id}

    def amend_down(self) -> None:
        line = out.make_line(self.office)
        self.keys |= {"line": line.id}
        self.ready()
        out.agree(out.propose(self.office, line, -300), self.office.agrees)

    def encumber(self) -> None:
        self._award()
        self.before -= 1  # the award itself is the act

    def _award(self, kind: PayeeKind = PayeeKind.ORGANIZATION) -> Award:
        out.give(1_000)
        line = out.make_line(self.office)
        award = out.make_award(self.office, line, payee_kind=kind)
        self.keys |= {"line": line.id, "grant": award.id}
        self.ready()
        return award

    def _step(self, award: Award, kind: K, dollars: int, **more: Any) -> None:
        order = out.take_step(self.office, award, kind, dollars, **more)
        self.ready()
        out.agree(order, self.office.agrees)

    def release(self) -> None:
        self._step(self._award(), K.RELEASE, 200)

    def _voucher(self, kind: PayeeKind = PayeeKind.ORGANIZATION) -> Voucher:
        voucher = out.request(self.office, self._award(kind))
        self.keys |= {"voucher": voucher.id}
        self.ready()
        out.agree(vouchers.row_of(voucher.id).Order, self.office.agrees)
        return voucher

    def voucher_of_a_survivor(self) -> None:
        self._voucher(PayeeKind.VICTIM)

    def voucher_of_an_organization(self) -> None:
        self._voucher()

    def voucher_of_an_agency(self) -> None:
        self._voucher(PayeeKind.AGENCY)

    def pay(self) -> Voucher:
        voucher = self._voucher()
        self.ready()
        money.pay(self.office, voucher)
        return voucher

    def advance(self) -> Award:
        award = self._award()
        self._step(award, K.ADVANCE, 300, method=Method.CHECK, reference="7001")
        return award

    def clear_advance(self) -> None:
        self._step(self.advance(), K.ADVANCE_CLEARED, 200)

    def return_advance(self) -> None:
        self._step(self.advance(), K.ADVANCE_RETURNED, 100)

    def _take_back(self, kind: K) -> None:
        order = money.take_back(self.office, self.pay(), kind)
        self.ready()
        out.agree(order, self.office.agrees)

    def void_check(self) -> None:
        self._take_back(K.CHECK_VOIDED)

    def stale_check(self) -> None:
        self._take_back(K.CHECK_STALE)

    def return_grant(self) -> None:
        voucher = self.pay()
        award = out.db.session.get_one(Award, voucher.award_id)  # type: ignore[attr-defined]
        self._step(award, K.GRANT_RETURNED, 50)

    # --- the books themselves ---

    def adjust(self) -> int:
        return papers.post(papers.adjust(self.people[0]), self.people[1])

    def open_books(self) -> None:
        lines: list[Line] = [debit(1020, Money(90_000)), credit(3000, Money(90_000))]
        wish = Wish(CorrectionKind.OPENING, TODAY, "Balance of the old account book", lines)
        papers.post(corrections.open_books(wish, by=self.people[0], now=NOW), self.people[1])

    def close_year(self) -> None:
        papers.live_a_year()
        self.ready()
        by = self.people[0]
        paper = corrections.close_year(papers.JUNE, lapses=True, by=by, now=NOW)
        papers.post(paper, self.people[1])

    def turn_back(self) -> None:
        number = self.adjust()
        self.ready()
        back = corrections.turn_back(number, papers.WHY, by=self.people[0], on=TODAY, now=NOW)
        papers.post(back, self.people[1])
